// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/images/fieldeditor.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSlider;
class QSpinBox;

namespace novita {

/// Text of one or many lines.
class TextField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextField)

public:
    TextField(const FieldSpec &spec, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QWidget *input() override;
    void setNames(const QString &name) override;

private:
    QLineEdit *m_line = nullptr;
    QPlainTextEdit *m_text = nullptr;
};

/// A number with its unit, and a slider where its range is one to be felt. Below the least stands "Default" where the field may be empty.
class NumberField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NumberField)

public:
    NumberField(const FieldSpec &spec, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    bool isCompact() const override { return true; }
    QWidget *input() override;
    void setNames(const QString &name) override;

private:
    bool isEmpty() const;
    void followSpin();

    QDoubleSpinBox *m_spin;
    QSlider *m_slider = nullptr;
    double m_floor = 0;
    bool m_mayBeEmpty = false;
};

class BooleanField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BooleanField)

public:
    BooleanField(const FieldSpec &spec, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    bool hasOwnLabel() const override { return true; }
    QWidget *input() override;
    void setNames(const QString &name) override;

private:
    QCheckBox *m_box;
};

/// One of the choices that fit the checkpoint; open ones can be typed.
class ChoiceField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChoiceField)

public:
    ChoiceField(const FieldSpec &spec, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    void setBase(ModelBase base) override;
    QWidget *input() override;
    void setNames(const QString &name) override;

private:
    void fill();

    QComboBox *m_box;
    ModelBase m_base = ModelBase::Unknown;
};

/// A seed: locked to a number, or another one each time (-1). The number stays to be locked again.
class SeedField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SeedField)

public:
    SeedField(const FieldSpec &spec, const FieldServices &services, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QWidget *input() override;
    void setNames(const QString &name) override;

private:
    void present();
    void roll();

    FieldServices m_services;
    QLineEdit *m_number;
    QPushButton *m_lock;
    QPushButton *m_dice;
};

/// Presets and keywords, or a width and a height.
class SizeField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SizeField)

public:
    SizeField(const FieldSpec &spec, const FieldServices &services, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QWidget *input() override;
    void setNames(const QString &name) override;

private:
    void chosen();
    void sidesChanged();
    void swapSides();
    QJsonValue presetAt(int index) const;
    int indexOf(const QJsonValue &value) const;

    QComboBox *m_preset;
    QWidget *m_sides;
    QSpinBox *m_width;
    QSpinBox *m_height;
    QPushButton *m_swap;
};

/// A model by the name that requests use: typed, from what is known, or from the catalogue.
class ModelField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelField)

public:
    ModelField(const FieldSpec &spec, const FieldServices &services, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    void setBase(ModelBase base) override;
    QWidget *input() override;
    void setNames(const QString &name) override;

    /// Which models it takes now.
    ModelFilter filter() const;
    /// From the catalogue.
    void choose(const ImageModel &model);
    /// Of what is chosen, where it is known.
    ModelBase chosenBase() const;

private:
    void fill();

    FieldServices m_services;
    QComboBox *m_box;
    QPushButton *m_choose;
    ModelBase m_base = ModelBase::Unknown;
    QList<ImageModel> m_offered;
    QList<ImageModel> m_models; ///< what is offered, and what was chosen besides
};

} // namespace novita
