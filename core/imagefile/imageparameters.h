// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace novita {

/// One LoRA by name and weight.
struct LoraUse
{
    QString name;
    double weight = 1.0;

    bool operator==(const LoraUse &) const = default;
};

/// One setting as text, by the name that the WebUI of AUTOMATIC1111 gives it ("CFG scale").
struct ParameterPair
{
    QString key;
    QString value;

    bool operator==(const ParameterPair &) const = default;
};

/// What a picture was made from, as far as its metadata tell, in one vocabulary whichever program wrote them.
///
/// Keys are those of AUTOMATIC1111's text: Steps, Sampler, Schedule type, CFG scale, Distilled CFG Scale, Seed, Size ("512x768"), Model hash, Model,
/// VAE, Denoising strength, Clip skip, Lora hashes, Version. Values are unchecked text from outside: whoever uses one as a number checks it.
struct ImageParameters
{
    QString prompt; ///< may hold `<lora:name:weight>`, as written
    QString negativePrompt;
    QList<ParameterPair> pairs; ///< in file order; a key occurs once
    QList<LoraUse> loras;       ///< also those that the prompt names
    QString raw;                ///< the text that was read, as it stands in the file; not written

    bool isEmpty() const { return prompt.isEmpty() && negativePrompt.isEmpty() && pairs.isEmpty() && loras.isEmpty(); }
    QString value(QStringView key) const; ///< null when there is no such pair; exact case
    void setValue(const QString &key, const QString &value); ///< in its place, or at the end; an empty value removes the pair
};

/// The name of a sampler as the WebUI splits it since its version 1.9.
struct SamplerName
{
    QString sampler;      ///< "DPM++ 2M"
    QString scheduleType; ///< "Karras"; empty when the name says none

    bool operator==(const SamplerName &) const = default;
};

/// Novita's (and the older WebUI's) one name "DPM++ 2M Karras" in two parts. Names without a known schedule at the end stay whole.
SamplerName splitSamplerName(const QString &name);
/// The other way. "Automatic", "Uniform" and "Normal" are what Novita's plain names mean.
QString joinSamplerName(const SamplerName &name);
/// The WebUI's names for those of the k-diffusion library that ComfyUI and InvokeAI use ("dpmpp_2m", "karras"; "dpmpp_2m_k").
SamplerName samplerFromLibraryName(const QString &sampler, const QString &scheduler = {});

/// The `<lora:name:weight>` of a prompt, in order, each name once; at most 64. A weight that is no number counts as 1.
QList<LoraUse> lorasOfPrompt(const QString &prompt);
/// The prompt without them, for services that take LoRAs apart from it.
QString promptWithoutLoras(const QString &prompt);

} // namespace novita
