// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/modelfilters.h"

#include "ui/images/modellistmodel.h"
#include "ui/images/modelwords.h"
#include "ui/widgets/inputnames.h"
#include "ui/widgets/wraplayout.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <array>

namespace novita {

namespace {

constexpr std::array kTypes{ImageModelType::Unknown,    ImageModelType::Checkpoint, ImageModelType::Lora,    ImageModelType::Vae,
                            ImageModelType::ControlNet, ImageModelType::Embedding,  ImageModelType::Upscaler};
constexpr std::array kBases{ModelBase::Unknown, ModelBase::Sd15, ModelBase::Sd2, ModelBase::Sdxl, ModelBase::Other};

} // namespace

ModelFilters::ModelFilters(QWidget *parent)
    : QWidget(parent), m_types(new QButtonGroup(this)), m_base(new QComboBox(this)), m_source(new QComboBox(this)), m_hideNsfw(new QCheckBox(this))
{
    m_hideNsfw->setObjectName(QStringLiteral("hideNsfw"));
    auto *layout = new WrapLayout(this);
    for (const ImageModelType type : kTypes) {
        auto *chip = new QPushButton(this);
        chip->setCheckable(true);
        chip->setAutoDefault(false);
        chip->setProperty("segment", true);
        m_types->addButton(chip, static_cast<int>(type));
        layout->addWidget(chip);
    }
    for (const ModelBase base : kBases)
        m_base->addItem(QString(), static_cast<int>(base));
    for (const char *source : {"", "public", "private", "civitai", "training", "uploading"})
        m_source->addItem(QString(), QLatin1String(source));
    for (QComboBox *box : {m_base, m_source}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        layout->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, &ModelFilters::changed);
    }
    layout->addWidget(m_hideNsfw);
    connect(m_types, &QButtonGroup::idClicked, this, &ModelFilters::changed);
    connect(m_hideNsfw, &QCheckBox::toggled, this, &ModelFilters::changed);
    retranslate();
}

void ModelFilters::begin(const ModelFilter &filter)
{
    const QSignalBlocker blocker(this);
    m_types->button(static_cast<int>(filter.type))->setChecked(true);
    m_base->setCurrentIndex(0);
    m_source->setCurrentIndex(0);
}

void ModelFilters::clear()
{
    {
        const QSignalBlocker blocker(this);
        m_base->setCurrentIndex(0);
        m_source->setCurrentIndex(0);
        m_hideNsfw->setChecked(false);
    }
    emit changed();
}

bool ModelFilters::narrows() const
{
    return m_base->currentIndex() > 0 || m_source->currentIndex() > 0 || m_hideNsfw->isChecked();
}

void ModelFilters::apply(ModelQuestion &question) const
{
    question.query = {};
    question.query.type = static_cast<ImageModelType>(m_types->checkedId());
    question.base = static_cast<ModelBase>(m_base->currentData().toInt());
    // The server knows one family only; the others are told apart here.
    if (question.base != ModelBase::Unknown)
        question.query.sdxl = question.base == ModelBase::Sdxl;
    if (question.filter.inpainting.value_or(false) && question.query.type == ImageModelType::Checkpoint)
        question.query.inpainting = true;
    const QString source = m_source->currentData().toString();
    if (source == QLatin1String("public") || source == QLatin1String("private"))
        question.query.visibility = source;
    else
        question.query.source = source;
    question.hidesNsfw = m_hideNsfw->isChecked();
}

QJsonObject ModelFilters::saveState() const
{
    return {{QStringLiteral("hideNsfw"), m_hideNsfw->isChecked()}};
}

void ModelFilters::restoreState(const QJsonObject &state)
{
    const QSignalBlocker blocker(this);
    m_hideNsfw->setChecked(state.value(QLatin1String("hideNsfw")).toBool());
}

void ModelFilters::retranslate()
{
    for (const ImageModelType type : kTypes) {
        QAbstractButton *chip = m_types->button(static_cast<int>(type));
        chip->setText(modelwords::types(type));
        chip->setAccessibleName(tr("Show %1", "types of models").arg(modelwords::types(type)));
    }
    m_base->setItemText(0, tr("Any base"));
    for (int i = 1; i < m_base->count(); ++i) {
        const auto base = static_cast<ModelBase>(m_base->itemData(i).toInt());
        m_base->setItemText(i, base == ModelBase::Other ? tr("Other bases") : modelwords::base(base));
    }
    nameInput(m_base, tr("Base model"));
    m_base->setToolTip(tr("The family of Stable Diffusion that a model is made for"));
    m_source->setItemText(0, tr("Everybody's"));
    m_source->setItemText(1, tr("Public"));
    m_source->setItemText(2, tr("Yours alone"));
    for (int i = 3; i < m_source->count(); ++i)
        m_source->setItemText(i, modelwords::source(m_source->itemData(i).toString()));
    nameInput(m_source, tr("Source"));
    m_hideNsfw->setText(tr("Hide NSFW"));
    m_hideNsfw->setToolTip(tr("Hides what the catalogue calls unsafe; it does not say so of every model"));
}

void ModelFilters::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
