// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/inputimage.h"
#include "core/cloud/endpoints/recipe.h"

#include <QAnyStringView>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <optional>

namespace novita {

/// What a form knows beside its values.
struct FormContext
{
    std::optional<ImageMode> mode;            ///< unset: fields of all modes are there, none is required for a mode's sake
    ModelBase base = ModelBase::Unknown;      ///< of the chosen checkpoint
    const InputImages *images = nullptr;      ///< unset: pictures are taken for good
    QString outputType;                       ///< "png"; empty = the server's
};

/// What is wrong with one field.
struct FieldProblem
{
    QString field;    ///< "steps", "loras[1].strength"
    QString sentence; ///< translated, with the range: "Steps must be from 1 to 100."
    bool operator==(const FieldProblem &) const = default;
};

/// A value of a recipe that the endpoint has no field for: kept, and shown.
struct LeftoverValue
{
    QString name;
    QString text; ///< one line
};

/// The values of one endpoint's form: a recipe seen through its endpoint. Borrows the endpoint. A value.
class FormValues
{
public:
    FormValues(const EndpointSpec &spec, const Recipe &recipe) : m_spec(&spec), m_recipe(recipe) {}

    /// A form as it starts.
    static FormValues initial(const EndpointSpec &spec);
    /// `recipe` for `spec`: its values, and the initial ones for fields that it has no usable value for. What fits no field stays.
    static FormValues carriedOver(const EndpointSpec &spec, const Recipe &recipe);

    const EndpointSpec &spec() const { return *m_spec; }
    const Recipe &recipe() const { return m_recipe; }

    QJsonValue value(QAnyStringView field) const;           ///< undefined = empty
    void set(const QString &field, const QJsonValue &value); ///< undefined or null empties it

    /// Whether the field is part of the form now (mode, base model, other fields).
    bool isShown(const FieldSpec &field, const FormContext &context = {}) const;
    /// Empty = may be sent. In the order of the fields. Fields that are not shown are not looked at.
    QList<FieldProblem> problems(const FormContext &context = {}) const;
    QList<LeftoverValue> leftovers() const;
    /// The recipe without leftovers and without values of fields that are not shown: what a request is made of, and what may be told of its picture.
    Recipe used(const FormContext &context = {}) const;

private:
    const EndpointSpec *m_spec;
    Recipe m_recipe;
};

/// A value of a recipe as one line to read, whether or not anybody knows its field: "1024 × 768", "add_detail (0.6), rain (1)".
QString readableValue(const QJsonValue &value);

} // namespace novita
