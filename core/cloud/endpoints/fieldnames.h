// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>

/// Names of fields that mean the same with every endpoint that has them, so that a recipe can move from one to another and be
/// written in other programs' words. An endpoint file may have further ones.
namespace novita::fields {

inline constexpr QLatin1String kPrompt("prompt");
inline constexpr QLatin1String kNegativePrompt("negative_prompt");
inline constexpr QLatin1String kModel("model");           ///< checkpoint, as requests name it
inline constexpr QLatin1String kVae("vae");
inline constexpr QLatin1String kSize("size");             ///< {"width", "height"} or a keyword
inline constexpr QLatin1String kCount("count");
inline constexpr QLatin1String kSteps("steps");
inline constexpr QLatin1String kGuidance("guidance");     ///< CFG
inline constexpr QLatin1String kSampler("sampler");
inline constexpr QLatin1String kScheduler("scheduler");
inline constexpr QLatin1String kSeed("seed");             ///< -1 = random
inline constexpr QLatin1String kClipSkip("clip_skip");
inline constexpr QLatin1String kLoras("loras");           ///< [{"model", "strength"}]
inline constexpr QLatin1String kEmbeddings("embeddings"); ///< [{"model"}]
inline constexpr QLatin1String kHiresFix("hires_fix");    ///< {"size", "strength", "upscaler"}
inline constexpr QLatin1String kRefiner("refiner");       ///< {"switch_at"}
inline constexpr QLatin1String kTransparent("transparent_background");
inline constexpr QLatin1String kRestoreFaces("restore_faces");
inline constexpr QLatin1String kImage("image");           ///< the picture to start from
inline constexpr QLatin1String kImages("images");         ///< several of them
inline constexpr QLatin1String kMask("mask");             ///< white is repainted
inline constexpr QLatin1String kFaceImage("face_image");
inline constexpr QLatin1String kStrength("strength");     ///< denoising strength
inline constexpr QLatin1String kControlNets("controlnets"); ///< [{"model", "image", "strength", "preprocessor", "start", "end"}]
inline constexpr QLatin1String kIpAdapters("ip_adapters"); ///< [{"model", "image", "strength"}]
inline constexpr QLatin1String kMaskBlur("mask_blur");
inline constexpr QLatin1String kUpscaler("upscaler");
inline constexpr QLatin1String kScale("scale");
inline constexpr QLatin1String kWatermark("watermark");
inline constexpr QLatin1String kDuration("duration");     ///< of a video, seconds
inline constexpr QLatin1String kAspectRatio("aspect_ratio");

} // namespace novita::fields
