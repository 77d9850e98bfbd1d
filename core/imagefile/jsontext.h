// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <initializer_list>

namespace novita {

/// Text of a string, number or boolean, whole numbers without a fraction; empty for anything else.
QString scalarText(const QJsonValue &value);

/// The text of the first of these members that has one.
QString scalarText(const QJsonObject &object, std::initializer_list<const char *> keys);

/// "512x768" from two members; empty unless both are there.
QString jsonSize(const QJsonObject &object, const char *width, const char *height);

} // namespace novita
