"""Static files as they are sent: under hashed names, compressed ahead of time, and the site's styles as one file."""

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from articles.readers import styles


class StaticFiles(CompressedManifestStaticFilesStorage):
    """What ``collectstatic`` fills."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and all(f"readers/{name}" in paths for name in styles.FILES):
            sheets = []
            for name in styles.FILES:
                storage, path = paths[f"readers/{name}"]
                with storage.open(path) as file:
                    sheets.append(file.read().decode())
            self.delete(styles.ONE)
            self.save(styles.ONE, ContentFile(styles.together(sheets)))
            paths = {**paths, styles.ONE: (self, styles.ONE)}
        yield from super().post_process(paths, dry_run, **options)
