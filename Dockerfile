# One image for the web server, the worker and one-off commands. See compose.yaml.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --system --uid 10001 --home-dir /srv/newsroom --shell /usr/sbin/nologin newsroom \
    && install -d -o newsroom /var/lib/newsroom /var/lib/newsroom/media
WORKDIR /srv/newsroom

COPY requirements.txt .
RUN pip install --compile -r requirements.txt

COPY manage.py ./
COPY newsroom newsroom
COPY articles articles
COPY templates templates
COPY fixtures fixtures

# The static files belong to the code, so they are gathered with it; these settings reach no server and are not kept.
RUN DOTENV= SECRET_KEY=only-to-gather-static-files ALLOWED_HOSTS=localhost DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --noinput --verbosity 0

USER newsroom
ENV MEDIA=/var/lib/newsroom/media
VOLUME /var/lib/newsroom/media
EXPOSE 8000

# Asks by a name that is allowed: any other gets 400.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "-c", "\
import os, urllib.request as u; \
u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].strip('.* ') or 'localhost'}), timeout=4)"]

# WEB_CONCURRENCY says how many processes; gunicorn reads it itself. Its heartbeat file needs no disk.
CMD ["gunicorn", "newsroom.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--timeout", "30", \
     "--max-requests", "5000", "--max-requests-jitter", "500", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
