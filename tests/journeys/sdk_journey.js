// SPDX-License-Identifier: GPL-3.0-or-later
// What sdk_journey.py runs: node sdk_journey.js ROOT
"use strict";

const assert = require("assert");
const http = require("http");
const { NovitaSDK, TaskStatus } = require("novita-sdk");

const root = process.argv[2];
const sdk = new NovitaSDK("bare-key-of-the-sdk");
sdk.setBaseUrl(root);

const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const request = {
  model_name: "tidepool_v2_90001.safetensors", prompt: "a lighthouse", negative_prompt: "", width: 128, height: 128, image_num: 1, steps: 20,
  seed: 7, clip_skip: 1, guidance_scale: 7.5, sampler_name: "Euler a",
};

function get(url) {
  return new Promise((resolve, reject) => {
    http.get(url, (reply) => {
      const pieces = [];
      reply.on("data", (piece) => pieces.push(piece));
      reply.on("end", () => resolve({ status: reply.statusCode, body: Buffer.concat(pieces) }));
    }).on("error", reject);
  });
}

function control(method, path, body) {
  return new Promise((resolve, reject) => {
    const call = http.request(root + path, { method }, (reply) => { reply.resume(); reply.on("end", () => resolve(reply.statusCode)); });
    call.on("error", reject);
    call.end(body === undefined ? "" : JSON.stringify(body));
  });
}

async function finished(taskId) {
  for (let round = 0; round < 300; ++round) {
    const result = await sdk.progress({ task_id: taskId });
    if (result.task.status === TaskStatus.SUCCEED || result.task.status === TaskStatus.FAILED) return result;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("no end of task " + taskId);
}

async function refused(promise, code, reason) {
  try {
    await promise;
  } catch (error) {
    assert.strictEqual(error.code, code, JSON.stringify(error));
    assert.strictEqual(error.reason, reason);
    return;
  }
  assert.fail("was not refused: " + reason);
}

async function pictures() {
  const { task_id: id } = await sdk.txt2Img({ request });
  const result = await finished(id);
  assert.strictEqual(result.task.status, TaskStatus.SUCCEED);
  assert.strictEqual(result.images.length, 1);
  const picture = await get(result.images[0].image_url);
  assert.strictEqual(picture.status, 200);
  assert.ok(picture.body.subarray(0, 4).equals(pngMagic));

  const image = picture.body.toString("base64");
  const changed = await sdk.img2Img({ request: { ...request, image_base64: image, strength: 0.5 } });
  assert.strictEqual((await finished(changed.task_id)).images.length, 1);
  const painted = await sdk.inpainting({ request: { ...request, image_base64: image, mask_image_base64: image, strength: 0.5, mask_blur: 1 } });
  assert.strictEqual((await finished(painted.task_id)).images.length, 1);
  for (const edit of [sdk.removeBackground({ image_file: image }), sdk.removeText({ image_file: image }), sdk.cleanup({ image_file: image, mask_file: image }),
    sdk.replaceBackground({ image_file: image, prompt: "a beach" }), sdk.mergeFace({ image_file: image, face_image_file: image })]) {
    assert.ok(Buffer.from((await edit).image_file, "base64").subarray(0, 4).equals(pngMagic));
  }
  const film = await sdk.img2Video({ model_name: "SVD", image_file: image, frames_num: 14, frames_per_second: 6, image_file_resize_mode: "ORIGINAL_RESOLUTION",
    steps: 20, seed: 1 });
  const videos = (await finished(film.task_id)).videos;
  assert.strictEqual((await get(videos[0].video_url)).body.subarray(4, 8).toString(), "ftyp");
}

async function models() {
  const nested = await sdk.getModels({ filter: { types: "lora" }, pagination: { limit: 5 } });
  assert.strictEqual(nested.models.length, 5);
  assert.ok(nested.models.every((model) => ["lora", "locon"].includes(model.type.name)));
  const next = await sdk.getModels({ filter: { types: "lora" }, pagination: { limit: 5, cursor: nested.pagination.next_cursor } });
  assert.notStrictEqual(next.models[0].id, nested.models[0].id);
  const flat = await sdk.getModels({ "filter.types": "controlnet" });
  assert.strictEqual(flat.models.length, 21);
}

async function refusals() {
  await refused(sdk.txt2Img({ request: { ...request, width: 64 } }), 400, "INVALID_REQUEST_BODY");
  await refused(sdk.progress({ task_id: "none" }), 404, "TASK_NOT_FOUND");
  await control("POST", "/_sandbox/endpoints", { endpoint: "txt2img", state: "retired" });
  await refused(sdk.txt2Img({ request }), 404, "API_NOT_FOUND");
  await control("DELETE", "/_sandbox/endpoints");
  await control("POST", "/_sandbox/faults", { kind: "taskFailed", operation: "txt2img", reason: "out of memory", count: 1 });
  const failed = await finished((await sdk.txt2Img({ request })).task_id);
  assert.strictEqual(failed.task.status, TaskStatus.FAILED);
  assert.strictEqual(failed.task.reason, "out of memory");
  sdk.setNovitaKey("wrong-key-of-the-sdk");
  await refused(sdk.txt2Img({ request }), 403, "INVALID_API_KEY");
}

(async () => {
  await pictures();
  await models();
  await refusals();
  console.log("the SDK got its pictures, films and models");
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
