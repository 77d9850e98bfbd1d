// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/modelfacts.h"

#include "core/images/modelpreviews.h"
#include "ui/images/modelwords.h"
#include "ui/theme.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/makers.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

ModelFacts::ModelFacts(const Theme &theme, const ModelPreviews &previews, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_previews(previews)
    , m_nothing(makeWords("text3", this))
    , m_content(new QWidget(this))
    , m_picture(new QLabel(m_content))
    , m_misfit(makeWords("warn", m_content))
    , m_nameLabel(makeLabel("text2", m_content))
    , m_name(new CopyField(CopyField::Kind::Plain, m_content))
    , m_facts(new FactList(m_content))
    , m_tagsLabel(makeLabel("text2", m_content))
    , m_tags(makeWords("", m_content))
    , m_copyTags(makeLink(m_content))
    , m_favourite(new QPushButton(m_content))
{
    m_favourite->setAutoDefault(false);
    m_favourite->setCheckable(true);
    m_nameLabel->setBuddy(m_name->field());
    m_tags->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, space::kRelated, 0);
    column->setSpacing(space::kRelated);
    column->addWidget(m_picture);
    column->addWidget(m_misfit);
    column->addWidget(m_nameLabel);
    column->addWidget(m_name);
    column->addWidget(m_favourite, 0, Qt::AlignLeft);
    column->addWidget(m_facts);
    column->addWidget(m_tagsLabel);
    column->addWidget(m_tags);
    column->addWidget(m_copyTags, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_nothing);
    layout->addWidget(makeScrolling(m_content, this), 1);
    connect(m_copyTags, &QPushButton::clicked, this, [this] {
        if (m_model)
            QGuiApplication::clipboard()->setText(m_model->tags.join(QStringLiteral(", ")));
    });
    connect(m_favourite, &QPushButton::clicked, this, &ModelFacts::favouriteToggled);
    retranslate();
}

void ModelFacts::show(const ImageModel *model, const ModelFilter &filter, bool isFavourite, bool showsPreview)
{
    m_model = model ? std::optional(*model) : std::nullopt;
    m_filter = filter;
    m_isFavourite = isFavourite;
    m_showsPreview = showsPreview;
    present();
}

void ModelFacts::present()
{
    m_nothing->setVisible(!m_model);
    m_content->setVisible(m_model.has_value());
    if (!m_model)
        return;
    const QImage image = m_showsPreview ? m_previews.image(m_model->cover) : QImage();
    m_picture->setVisible(!image.isNull());
    if (!image.isNull())
        m_picture->setPixmap(QPixmap::fromImage(image));
    const QString misfit = modelwords::misfit(m_filter, *m_model);
    m_misfit->setVisible(!misfit.isEmpty());
    m_misfit->setText(misfit);
    m_name->setText(m_model->requestName());
    const QString unknown = tr("not said");
    const QString nsfw = !m_model->nsfw ? unknown : *m_model->nsfw ? tr("yes") : tr("no");
    m_facts->setFacts({{tr("Title"), m_model->name},
                       {tr("Type"), m_model->type == ImageModelType::Unknown && !m_model->typeText.isEmpty() ? m_model->typeText : modelwords::type(m_model->type)},
                       {tr("Base"), modelwords::baseOf(*m_model)},
                       {tr("Source"), modelwords::source(m_model->source)},
                       {tr("NSFW"), nsfw},
                       {tr("Hash"), m_model->hash}});
    m_tagsLabel->setVisible(!m_model->tags.isEmpty());
    m_tags->setVisible(!m_model->tags.isEmpty());
    m_copyTags->setVisible(!m_model->tags.isEmpty());
    m_tags->setText(m_model->tags.join(QStringLiteral(", ")));
    m_favourite->setChecked(m_isFavourite);
    m_favourite->setText(m_isFavourite ? tr("Favourite") : tr("Make it a favourite"));
}

void ModelFacts::retranslate()
{
    m_nothing->setText(tr("Nothing is chosen."));
    m_nameLabel->setText(tr("Name in requests"));
    m_name->setName(tr("Name in requests"));
    m_picture->setAccessibleName(tr("Preview"));
    m_tagsLabel->setText(tr("Tags"));
    m_tagsLabel->setToolTip(tr("The catalogue tells no trigger words; they are often among the tags"));
    m_copyTags->setText(tr("Copy tags"));
    m_favourite->setToolTip(tr("Favourites come first (Ctrl+D)"));
    present();
}

void ModelFacts::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
