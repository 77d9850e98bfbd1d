#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the sample pictures of this folder: small ones, with metadata in the forms of other programs, put together by hand.

Needs nothing but the standard library, and shares no code with what the samples are for. Run it here after a change and commit
what it wrote: the same script gives the same bytes.
"""
import base64
import json
import pathlib
import struct
import zlib

HERE = pathlib.Path(__file__).resolve().parent
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBD"
    "ARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAQABADASIAAhEBAxEB/8QAFQABAQAA"
    "AAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCM"
    "AnM//9k=")
WEBP = base64.b64decode("UklGRh4AAABXRUJQVlA4TBEAAAAvD8ADAAdQn2K1o/+BiOh/AAA=")

PROMPT = "a lighthouse at dusk, (oil paint:1.2), gulls\nwide shot <lora:brushwork:0.7>"
NEGATIVE = "blurry, text"
A1111 = (
    f"{PROMPT}\nNegative prompt: {NEGATIVE}\n"
    "Steps: 24, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 4294967296, Size: 512x768, Model hash: 0123abcd45, "
    'Model: harbour_v2, Denoising strength: 0.4, Lora hashes: "brushwork: 00ff11ee22dd", Version: v1.9.4')


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def text(key, value):
    return chunk(b"tEXt", key.encode() + b"\0" + value.encode("latin-1"))


def compressed(key, value):
    return chunk(b"zTXt", key.encode() + b"\0\0" + zlib.compress(value.encode("latin-1"), 9))


def international(key, value, squeeze=False):
    data = value.encode("utf-8")
    return chunk(b"iTXt", key.encode() + (b"\0\1\0\0\0" + zlib.compress(data, 9) if squeeze else b"\0\0\0\0\0" + data))


def png(*chunks):
    rows = b"".join(b"\0" + bytes((90 + y, 60, 30 + x)[i] for x in range(16) for i in range(3)) for y in range(16))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)) + b"".join(chunks)
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def tiff(order, tags, comment=None):
    """Tags are (number, text); the comment goes into an EXIF folder of its own."""
    mark = {">": b"MM\0*", "<": b"II*\0"}[order]
    entries = sorted((number, 2, value.encode() + b"\0") for number, value in tags)
    count = len(entries) + (comment is not None)
    behind = 8 + 2 + 12 * count + 4
    folder, values = b"", b""
    for number, kind, value in entries:
        value += b"\0" * (len(value) % 2)
        folder += struct.pack(order + "HHII", number, kind, len(value), behind + len(values))
        values += value
    if comment is not None:
        at = behind + len(values)
        folder += struct.pack(order + "HHII", 0x8769, 4, 1, at)
        values += struct.pack(order + "HHHIII", 1, 0x9286, 7, len(comment), at + 2 + 12 + 4, 0) + comment
    return mark + struct.pack(order + "IH", 8, count) + folder + struct.pack(order + "I", 0) + values


def user_comment(value, order):
    return b"UNICODE\0" + value.encode("utf-16-be" if order == ">" else "utf-16-le")


def jpeg(*segments):
    return JPEG[:20] + b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in segments) + JPEG[20:]


def riff(kind, data):
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def webp(flags, *chunks):
    body = b"WEBP" + riff(b"VP8X", struct.pack("<I", flags) + struct.pack("<I", 15)[:3] * 2) + WEBP[12:] + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


INVOKEAI = {
    "app_version": "5.4.0", "generation_mode": "sdxl_txt2img", "positive_prompt": "a red bridge in fog", "negative_prompt": "cars",
    "width": 1024, "height": 768, "seed": 18446744073709, "cfg_scale": 5.5, "steps": 30, "scheduler": "dpmpp_2m_k",
    "model": {"key": "4d1c", "hash": "blake3:77aa", "name": "Fogbank XL", "base": "sdxl", "type": "main"},
    "loras": [{"model": {"key": "9a", "name": "mistline", "base": "sdxl", "type": "lora"}, "weight": 0.65}],
}

# As version 3.0 wrote it, with other names for models.
INVOKEAI_3 = {
    "app_version": "3.0.2", "generation_mode": "txt2img", "positive_prompt": "a mill by a stream", "negative_prompt": "people", "width": 512, "height": 640,
    "seed": 4242, "rand_device": "cpu", "cfg_scale": 7.0, "steps": 20, "scheduler": "euler_a",
    "model": {"model_name": "millpond", "base_model": "sd-1", "model_type": "main"},
    "loras": [{"lora": {"model_name": "reeds", "base_model": "sd-1"}, "weight": 0.5}],
}

INVOKEAI_2 = {
    "model": "stable diffusion", "model_weights": "stable-diffusion-1.5", "model_hash": "cc6cb27103417325", "app_id": "invoke-ai/InvokeAI", "app_version": "2.3.0",
    "image": {"prompt": [{"prompt": "a harbour at dawn, gulls [fog, text] [frame]", "weight": 1.0}], "steps": 50, "cfg_scale": 7.5, "threshold": 0, "perlin": 0,
              "height": 512, "width": 768, "seed": 3357757885, "seamless": False, "hires_fix": False, "type": "txt2img", "postprocessing": None,
              "sampler": "k_euler_a", "variations": []},
}

# A first pass, a second pass over its result, a LoRA, and a prompt that is put together from two texts.
COMFYUI = {
    "3": {"class_type": "KSampler", "inputs": {
        "seed": 987654321, "steps": 22, "cfg": 7.0, "sampler_name": "dpmpp_2m", "scheduler": "karras", "denoise": 1.0,
        "model": ["10", 0], "positive": ["12", 0], "negative": ["7", 0], "latent_image": ["5", 0]}},
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "orchard.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 640, "height": 960, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "apples on a table", "clip": ["10", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "plastic", "clip": ["10", 1]}},
    "8": {"class_type": "VAEDecode", "inputs": {"samples": ["14", 0], "vae": ["4", 2]}},
    "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "out", "images": ["8", 0]}, "is_changed": [float("nan")]},
    "10": {"class_type": "LoraLoader", "inputs": {
        "lora_name": "stilllife.safetensors", "strength_model": 0.8, "strength_clip": 1.0, "model": ["4", 0], "clip": ["4", 1]}},
    "11": {"class_type": "CLIPTextEncode", "inputs": {"text": ["15", 0], "clip": ["10", 1]}},
    "12": {"class_type": "ConditioningConcat", "inputs": {"conditioning_to": ["6", 0], "conditioning_from": ["11", 0]}},
    "13": {"class_type": "LatentUpscale", "inputs": {"samples": ["3", 0], "width": 960, "height": 1440}},
    "14": {"class_type": "KSampler", "inputs": {
        "seed": 1, "steps": 10, "cfg": 5.0, "sampler_name": "euler", "scheduler": "normal", "denoise": 0.5,
        "model": ["10", 0], "positive": ["12", 0], "negative": ["7", 0], "latent_image": ["13", 0]}},
    "15": {"class_type": "PrimitiveString", "inputs": {"value": "morning light"}},
}

COMFYUI_CUSTOM = {
    "1": {"class_type": "UNETLoader", "inputs": {"unet_name": "swift.safetensors", "weight_dtype": "default"}},
    "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "a glass of water", "clip": ["9", 0]}},
    "3": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["2", 0]}},
    "4": {"class_type": "BasicGuider", "inputs": {"model": ["1", 0], "conditioning": ["3", 0]}},
    "5": {"class_type": "RandomNoise", "inputs": {"noise_seed": 1125899906842624}},
    "6": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
    "7": {"class_type": "BasicScheduler", "inputs": {"scheduler": "simple", "steps": 4, "denoise": 1.0, "model": ["1", 0]}},
    "8": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 1024, "height": 1024, "batch_size": 1}},
    "10": {"class_type": "SamplerCustomAdvanced", "inputs": {
        "noise": ["5", 0], "guider": ["4", 0], "sampler": ["6", 0], "sigmas": ["7", 0], "latent_image": ["8", 0]}},
}

COMFYUI_WORKFLOW = {
    "nodes": [
        {"id": 1, "type": "CheckpointLoaderSimple", "inputs": [], "widgets_values": ["meadow.safetensors"]},
        {"id": 2, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "link": 11}], "widgets_values": ["a field of rye"]},
        {"id": 3, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "link": 12}], "widgets_values": ["people"]},
        {"id": 4, "type": "EmptyLatentImage", "inputs": [], "widgets_values": [768, 512, 1]},
        {"id": 5, "type": "KSampler", "widgets_values": [77, "randomize", 18, 8, "euler_ancestral", "normal", 1], "inputs": [
            {"name": "model", "link": 10}, {"name": "positive", "link": 13}, {"name": "negative", "link": 14}, {"name": "latent_image", "link": 15}]},
    ],
    "links": [[10, 1, 0, 5, 0, "MODEL"], [11, 1, 1, 2, 0, "CLIP"], [12, 1, 1, 3, 0, "CLIP"], [13, 2, 0, 5, 1, "CONDITIONING"],
              [14, 3, 0, 5, 2, "CONDITIONING"], [15, 4, 0, 5, 3, "LATENT"]],
}

# The text of a prompt, the steps and the width stand in nodes of their own, and lines go round corners.
COMFYUI_WORKFLOW_LINKED = {
    "nodes": [
        {"id": 1, "type": "CheckpointLoaderSimple", "inputs": [], "widgets_values": ["meadow.safetensors"]},
        {"id": 2, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "link": 11}, {"name": "text", "link": 16, "widget": {"name": "text"}}], "widgets_values": ["what stood here before"]},
        {"id": 3, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "link": 12}], "widgets_values": ["people"]},
        {"id": 4, "type": "EmptyLatentImage", "inputs": [{"name": "width", "link": 19, "widget": {"name": "width"}}], "widgets_values": [512, 512, 1]},
        {"id": 5, "type": "KSampler", "widgets_values": [77, "randomize", 18, 8, "euler_ancestral", "normal", 1], "inputs": [
            {"name": "model", "link": 18}, {"name": "positive", "link": 22}, {"name": "negative", "link": 14}, {"name": "latent_image", "link": 15},
            {"name": "steps", "link": 20, "widget": {"name": "steps"}}]},
        {"id": 6, "type": "PrimitiveStringMultiline", "inputs": [], "widgets_values": ["a field of rye\nunder clouds"]},
        {"id": 7, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 10}]},
        {"id": 8, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 17}]},
        {"id": 9, "type": "PrimitiveNode", "inputs": [], "widgets_values": [896, "fixed"]},
        {"id": 10, "type": "PrimitiveInt", "inputs": [], "widgets_values": [24, "fixed"]},
        {"id": 11, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 13}]},
        {"id": 12, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 23}]},
    ],
    "links": [[10, 1, 0, 7, 0, "MODEL"], [11, 1, 1, 2, 0, "CLIP"], [12, 1, 1, 3, 0, "CLIP"], [13, 2, 0, 11, 0, "CONDITIONING"],
              [14, 3, 0, 5, 2, "CONDITIONING"], [15, 4, 0, 5, 3, "LATENT"], [16, 6, 0, 2, 1, "STRING"], [17, 7, 0, 8, 0, "MODEL"], [18, 8, 0, 5, 0, "MODEL"],
              [19, 9, 0, 4, 0, "INT"], [20, 10, 0, 5, 4, "INT"], [22, 11, 0, 5, 1, "CONDITIONING"], [23, 12, 0, 12, 0, "MODEL"]],
}

SWARMUI = {"sui_image_params": {
    "prompt": "a paper boat", "negativeprompt": "rain", "model": "Official/tide", "seed": 5150, "steps": 20, "cfgscale": 7.5, "width": 832, "height": 1216,
    "sampler": "euler", "scheduler": "sgm_uniform", "loras": ["folds"], "loraweights": ["0.9"]}}

FOOOCUS = {
    "prompt": "a brass telescope", "negative_prompt": "rust", "steps": 30, "guidance_scale": 4, "seed": "31337", "resolution": "(1152, 896)",
    "sampler": "dpmpp_2m_sde", "scheduler": "karras", "base_model": "brasswork", "base_model_hash": "aa11bb22cc",
    "loras": [["optics", 0.25, "dd33"]], "version": "Fooocus v2.5.0"}

NOVELAI = {
    "prompt": "a fox, snow", "uc": "lowres", "steps": 28, "height": 1216, "width": 832, "scale": 5, "seed": 99, "sampler": "k_euler_ancestral",
    "noise_schedule": "karras"}

SAMPLES = {
    "a1111.png": png(text("parameters", A1111)),
    "a1111_itxt.png": png(international("parameters", A1111.replace("gulls", "かもめ"))),
    "a1111_itxt_compressed.png": png(international("parameters", A1111.replace("gulls", "かもめ"), squeeze=True)),
    "a1111_ztxt.png": png(compressed("parameters", A1111)),
    "a1111.jpg": jpeg((0xE1, b"Exif\0\0" + tiff(">", [], user_comment(A1111, ">")))),
    "a1111_little_endian.jpg": jpeg((0xE1, b"Exif\0\0" + tiff("<", [], user_comment(A1111, "<")))),
    "a1111_mixed_endian.jpg": jpeg((0xE1, b"Exif\0\0" + tiff("<", [(0x0131, "a camera")], user_comment(A1111, ">")))),
    "a1111.webp": webp(8, riff(b"EXIF", tiff(">", [], user_comment(A1111, ">")))),
    "invokeai.png": png(text("invokeai_metadata", json.dumps(INVOKEAI)), text("invokeai_graph", "{}")),
    "invokeai_3.png": png(text("invokeai_metadata", json.dumps(INVOKEAI_3)), text("invokeai_graph", "{}")),
    "invokeai_2.png": png(text("Dream", "\"a harbour at dawn, gulls [fog, text] [frame]\" -s 50 -S 3357757885 -W 768 -H 512 -C 7.5 -A k_euler_a"),
                          text("sd-metadata", json.dumps(INVOKEAI_2))),
    "comfyui.png": png(text("prompt", json.dumps(COMFYUI)), text("workflow", json.dumps(COMFYUI_WORKFLOW))),
    "comfyui_custom.png": png(text("prompt", json.dumps(COMFYUI_CUSTOM))),
    "comfyui_workflow.png": png(text("workflow", json.dumps(COMFYUI_WORKFLOW))),
    "comfyui_workflow_linked.png": png(text("workflow", json.dumps(COMFYUI_WORKFLOW_LINKED))),
    "comfyui.webp": webp(8, riff(b"EXIF", tiff(">", [(0x0110, "prompt:" + json.dumps(COMFYUI)), (0x010F, "workflow:" + json.dumps(COMFYUI_WORKFLOW))]))),
    "swarmui.png": png(text("parameters", json.dumps(SWARMUI, indent=2))),
    "swarmui.jpg": jpeg((0xE1, b"Exif\0\0" + tiff(">", [], user_comment(json.dumps(SWARMUI), ">")))),
    "fooocus.png": png(text("parameters", json.dumps(FOOOCUS)), text("fooocus_scheme", "fooocus")),
    "novelai.png": png(text("Title", "AI generated image"), text("Description", "a fox, snow"), text("Software", "NovelAI"),
                       text("Comment", json.dumps(NOVELAI))),
    "unknown.png": png(text("Software", "a plotter"), text("Comment", "drawn at night")),
    "plain.png": png(),
    "plain.jpg": JPEG,
    "plain.webp": WEBP,
    "signed.png": png(chunk(b"caBX", b"\0\0\0\x10jumb" + b"\0\0\0\x08jumd")),
    "signed.jpg": jpeg((0xEB, b"JP\0\1\0\0\0\1" + b"\0\0\0\x10jumb" + b"\0\0\0\x08jumd")),
    "signed.webp": webp(0, riff(b"C2PA", b"\0\0\0\x10jumb" + b"\0\0\0\x08jumd")),
}

if __name__ == "__main__":
    for name, content in SAMPLES.items():
        (HERE / name).write_bytes(content)
