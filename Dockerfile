FROM python:3.11.14-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

# Dependencies first: they change less often than the code.
COPY requirements.lock ./
RUN pip install --require-hashes --requirement requirements.lock

COPY pyproject.toml README.md ./
COPY kg ./kg
COPY loaders ./loaders
COPY api ./api
COPY exports ./exports
COPY cypher ./cypher
COPY web ./web
COPY docs/scorecard.json ./docs/scorecard.json
COPY seed ./seed
COPY templates ./templates
RUN pip install --no-deps --no-build-isolation .

RUN useradd --create-home --uid 1000 kg && install --directory --owner=kg /data
# Nothing but /data and /tmp is written to: docker run --read-only --tmpfs /tmp
USER kg
ENV KG_DATA=/data
VOLUME /data
EXPOSE 8000

ENTRYPOINT ["kg"]
CMD ["serve", "--host", "0.0.0.0"]
