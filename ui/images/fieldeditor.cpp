// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/fieldeditor.h"

#include "ui/images/listfields.h"
#include "ui/images/picturefield.h"
#include "ui/images/valuefields.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>

namespace novita {

namespace {

class WheelGate final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WheelGate)

public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *input = qobject_cast<QWidget *>(watched);
        if (event->type() != QEvent::Wheel || !input || input->hasFocus())
            return QObject::eventFilter(watched, event);
        event->ignore(); // the scrolling area below takes it
        return true;
    }
};

} // namespace

void leaveWheelToForm(QWidget *input)
{
    input->setFocusPolicy(Qt::StrongFocus);
    input->installEventFilter(new WheelGate(input));
}

QHBoxLayout *makeFieldRow(QWidget *editor)
{
    auto *layout = new QHBoxLayout(editor);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    return layout;
}

void FieldEditor::focusPath(const QString &)
{
    input()->setFocus(Qt::OtherFocusReason);
}

FieldEditor *makeFieldEditor(const FieldSpec &spec, const FieldServices &services, QWidget *parent)
{
    switch (spec.type) {
    case FieldType::Text: return new TextField(spec, parent);
    case FieldType::Integer:
    case FieldType::Number: return new NumberField(spec, parent);
    case FieldType::Boolean: return new BooleanField(spec, parent);
    case FieldType::Choice: return new ChoiceField(spec, parent);
    case FieldType::Seed: return new SeedField(spec, services, parent);
    case FieldType::Size: return new SizeField(spec, services, parent);
    case FieldType::Image:
    case FieldType::Mask: return new PictureField(spec, services, parent);
    case FieldType::Images: return new PicturesField(spec, services, parent);
    case FieldType::Model: return new ModelField(spec, services, parent);
    case FieldType::HiresFix:
    case FieldType::Refiner: return new GroupField(spec, services, parent);
    case FieldType::Loras:
    case FieldType::Embeddings:
    case FieldType::ControlNets:
    case FieldType::IpAdapters:
    case FieldType::Scenes: break;
    }
    return new ListField(spec, services, parent);
}

} // namespace novita

#include "fieldeditor.moc"
