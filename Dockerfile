# syntax=docker/dockerfile:1
# The site without a database: DATABASE_URL, SECRET_KEY, ALLOWED_HOSTS and EMAIL_URL come from the environment.

FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir "uv>=0.8"
WORKDIR /app
COPY pyproject.toml uv.lock ./
# Wheels only, so that nothing needs a compiler; the lock's hashes are checked.
RUN uv export --frozen --quiet --no-dev --extra redis --no-emit-project --output-file /tmp/locked.txt \
 && python -m venv /app/.venv \
 && /app/.venv/bin/pip install --no-cache-dir --only-binary :all: --require-hashes --requirement /tmp/locked.txt \
 && /app/.venv/bin/pip uninstall --yes --quiet setuptools pip
COPY . .
# The addresses below are never used: collecting files only needs settings that load.
RUN DATABASE_URL=postgres://nobody@localhost/none /app/.venv/bin/python manage.py collectstatic --no-input --verbosity=0 \
 && rm -f var/secret_key \
 && /app/.venv/bin/python -m compileall -q complaints einzelfall operators

FROM python:3.11-slim-bookworm
RUN pip uninstall --yes --quiet --root-user-action=ignore setuptools wheel pip \
 && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin einzelfall
WORKDIR /app
COPY --from=build --chown=root:root /app /app
RUN install --directory --owner=einzelfall --group=einzelfall /app/var/media
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 EINZELFALL_ENV=production BIND=0.0.0.0 PORT=8000
USER einzelfall
EXPOSE 8000
VOLUME /app/var/media
# The site answers only to its own names, so the check asks by the first of them.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as u; \
name = os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.').replace('*', 'localhost'); \
u.urlopen(u.Request('http://127.0.0.1:' + os.environ['PORT'] + '/readyz', headers={'Host': name}), timeout=4)"]
CMD ["gunicorn", "--config", "python:einzelfall.webserver"]
