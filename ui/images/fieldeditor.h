// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/fieldspec.h"
#include "core/cloud/endpoints/formvalues.h"

#include <QJsonValue>
#include <QList>
#include <QWidget>

#include <functional>

class QHBoxLayout;

namespace novita {

class InputPictures;
class ModelField;
class PictureField;
class Prompts;
class Theme;

/// What editors of fields need beside their field.
struct FieldServices
{
    Theme &theme;
    Prompts &prompts;
    InputPictures &pictures;
    std::function<double()> random;                                 ///< values in [0, 1)
    std::function<QList<ImageModel>(const ModelFilter &)> models;   ///< those that are known, to offer
    std::function<void(ModelField *)> chooseModel;                  ///< the person wants the catalogue
    std::function<void(PictureField *)> drawMask;                   ///< the person wants to draw
    /// A picture was taken in for this field after its editor had gone; unset: it is dropped.
    std::function<void(const FieldSpec &, const QString &key)> takeLatePicture = {};
    std::function<bool()> isAwaitingModels = {};                    ///< what there is to offer is not known yet; unset: it is
};

/// Edits the value of one field, as FieldType says it is written. Problems are shown by whoever holds the editor; those of what is inside of it, by itself.
class FieldEditor : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FieldEditor)

public:
    FieldEditor(const FieldSpec &spec, QWidget *parent) : QWidget(parent), m_spec(spec) {}

    const FieldSpec &spec() const { return m_spec; }
    virtual QJsonValue value() const = 0; ///< undefined = empty
    /// Emits nothing. What the editor cannot show counts as empty.
    virtual void setValue(const QJsonValue &value) = 0;
    /// The base of the checkpoint is another, or other models are known.
    virtual void setBase(ModelBase base) { Q_UNUSED(base) }

    /// Says its name itself: no label stands over it.
    virtual bool hasOwnLabel() const { return false; }
    /// Stands at the right of its label.
    virtual bool isCompact() const { return false; }
    /// What a label is the buddy of, and what is marked when something is wrong.
    virtual QWidget *input() = 0;
    /// `name` is the accessible name of input(); the rest is named after it.
    virtual void setNames(const QString &name) = 0;
    /// Of what is inside; paths begin there: "strength", "[1].model".
    virtual void showInner(const QList<FieldProblem> &problems) { Q_UNUSED(problems) }
    /// Empty path: the first input.
    virtual void focusPath(const QString &path);

signals:
    void changed();

private:
    const FieldSpec m_spec;
};

/// The editor for the type of `spec`.
FieldEditor *makeFieldEditor(const FieldSpec &spec, const FieldServices &services, QWidget *parent);

/// The layout of an editor whose parts stand side by side.
QHBoxLayout *makeFieldRow(QWidget *editor);

/// Keeps the wheel from changing a value that merely lies under the mouse while the form is scrolled.
void leaveWheelToForm(QWidget *input);

} // namespace novita
