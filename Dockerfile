# One image per service, and one for the gateway: backbone, contracts and that service alone. The image is the wall.
#   docker build --build-arg SERVICE=identity -t espace/identity .

ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS libraries
ARG SERVICE
COPY requirements/${SERVICE}.txt /requirements.txt
# Wheels only: nothing is compiled, so no compiler is needed; hashes only: nothing but what was reviewed.
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv --without-pip /opt/venv \
 && pip --python /opt/venv/bin/python install --disable-pip-version-check --require-hashes --only-binary=:all: \
        --no-compile -r /requirements.txt \
 && find /opt/venv -name tests -type d -prune -exec rm -rf {} + \
 && /opt/venv/bin/python -m compileall -q /opt/venv/lib

FROM ${PYTHON_IMAGE} AS code
ARG SERVICE
COPY . /source
WORKDIR /app
RUN cp -r /source/backbone /source/contracts . \
 && rm -rf backbone/testing \
 && if [ "${SERVICE}" = gateway ]; then cp -r /source/gateway /source/CHANGELOG.md .; \
    else mkdir services && cp /source/services/__init__.py services/ && cp -r "/source/services/${SERVICE}" services/; fi \
 && python -m compileall -q .

FROM ${PYTHON_IMAGE}
ARG SERVICE
ENV SERVICE=${SERVICE} \
    PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LANG=C.UTF-8
RUN test -n "${SERVICE}" \
 && groupadd --gid 10001 espace \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin espace \
 && install -d -o 10001 -g 10001 -m 0750 /var/lib/espace
COPY --from=libraries /opt/venv /opt/venv
COPY entrypoint.sh /usr/local/bin/entrypoint.sh
COPY --from=code /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 8000 9000
STOPSIGNAL SIGTERM
ENTRYPOINT ["entrypoint.sh"]
CMD ["api"]
