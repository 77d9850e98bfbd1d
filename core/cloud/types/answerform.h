// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>

namespace novita {

/// The form that a chat answer shall have: `response_format` of the endpoint.
struct AnswerForm
{
    enum class Kind : std::uint8_t {
        Text,
        Json,   ///< one JSON object
        Schema, ///< one JSON value by `schema`
    };

    static constexpr qsizetype kMostSchemaChars = 64 * 1024;
    static constexpr qsizetype kMostNameChars = 64;

    Kind kind = Kind::Text;
    QString name;        ///< of the schema: letters, digits, _ and -; empty is "answer"
    QString description; ///< of the schema, for the model; may be empty
    QString schema;      ///< as it was typed
    bool strict = false; ///< the answer must keep to the schema, for models that can

    bool operator==(const AnswerForm &) const = default;

    /// nullopt for text, which is what the server does by itself. A schema that cannot be sent is left out.
    std::optional<QJsonObject> toJson() const;
    /// Why it cannot be sent, with the line where JSON breaks off; empty when it can.
    QString problem() const;
};

/// Whether `text` is a JSON object, as a schema is, and how many properties it names; or a sentence with line and column.
struct SchemaCheck
{
    QString problem;   ///< empty when it is one
    int line = 0;      ///< from 1; 0 where the problem has no place
    int column = 0;
    qsizetype properties = 0;
};
SchemaCheck checkSchema(const QString &text);

} // namespace novita
