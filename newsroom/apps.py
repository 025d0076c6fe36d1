from django.contrib.admin.apps import AdminConfig


class NewsroomAdmin(AdminConfig):
    """Django's admin, with the desk's own site in place of the stock one."""

    default_site = "articles.desk.site.DeskSite"
