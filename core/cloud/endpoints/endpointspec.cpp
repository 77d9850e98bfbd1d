// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointspec.h"

#include <algorithm>

namespace novita {

namespace {

const FieldSpec *named(const QList<FieldSpec> &fields, QAnyStringView name)
{
    const auto found = std::find_if(fields.cbegin(), fields.cend(), [name](const FieldSpec &field) { return field.name == name; });
    return found == fields.cend() ? nullptr : &*found;
}

} // namespace

bool isListType(FieldType type)
{
    return type >= FieldType::Loras && type <= FieldType::Scenes;
}

bool isGroupType(FieldType type)
{
    return type == FieldType::HiresFix || type == FieldType::Refiner;
}

const FieldSpec *FieldSpec::item(QAnyStringView itemName) const
{
    return named(items, itemName);
}

const FieldSpec *EndpointSpec::field(QAnyStringView name) const
{
    return named(fields, name);
}

QString endpointFamilyName(EndpointFamily family)
{
    switch (family) {
    case EndpointFamily::SdAsync: return QStringLiteral("sd-async");
    case EndpointFamily::FlatAsync: return QStringLiteral("flat-async");
    case EndpointFamily::Sync: return QStringLiteral("sync");
    case EndpointFamily::Video: return QStringLiteral("video");
    case EndpointFamily::UnifiedVideo: return QStringLiteral("unified-video");
    case EndpointFamily::WebUi: break;
    }
    return QStringLiteral("webui");
}

QString familyRoot(EndpointFamily family)
{
    return family == EndpointFamily::SdAsync ? QStringLiteral("request") : QString();
}

} // namespace novita
