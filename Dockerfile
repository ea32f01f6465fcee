# The company's services, the look-up and the program that applies the index templates, for docker-compose.yml.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /hallmark
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim
WORKDIR /hallmark
COPY --from=build /hallmark .
# A named volume takes its owner from the image.
RUN mkdir /models && chown node:node /models
USER node
