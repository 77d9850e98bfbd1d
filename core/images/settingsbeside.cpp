// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/settingsbeside.h"

#include "core/imagefile/parameterstext.h"
#include "core/imagefile/toolforms.h"
#include "core/images/recipetext.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <utility>

namespace novita {

std::optional<ImageMetadata> readSettingsBeside(const QByteArray &bytes, const ImageHeader &header)
{
    ImageMetadata out{.header = header};
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(bytes);
    if (decode.hasError() || text.contains(QChar(0)) || text.trimmed().isEmpty())
        return std::nullopt;
    if (!text.trimmed().startsWith(u'{')) {
        out.tool = ImageTool::WebUi;
        out.parameters = fromParametersText(text);
        return out;
    }
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    out.json =
        json.value(QLatin1String(kOwnJsonKey)).isObject() ? json.value(QLatin1String(kOwnJsonKey)).toObject() : json;
    if (recipetext::recipeOf(out)) {
        out.tool = ImageTool::Ours;
        return out;
    }
    out.json = {};
    for (const auto &[tool, read] :
         {std::pair(ImageTool::SwarmUi, &fromSwarmUi), std::pair(ImageTool::InvokeAi, &fromInvokeAi),
          std::pair(ImageTool::ComfyUi, &fromComfyPrompt)}) {
        if (std::optional<ImageParameters> parameters = read(json)) {
            out.tool = tool;
            out.parameters = *std::move(parameters);
            return out;
        }
    }
    return std::nullopt;
}

} // namespace novita
