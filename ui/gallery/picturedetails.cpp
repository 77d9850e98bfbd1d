// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/picturedetails.h"

#include "ui/gallery/recipewords.h"
#include "ui/gallery/wrappedtext.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/tagfield.h"
#include "ui/widgets/wraplayout.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kLeastWidth = 240;

QString asLines(const QList<std::pair<QString, QString>> &facts)
{
    QStringList lines;
    for (const auto &[label, value] : facts)
        lines.append(QStringLiteral("%1: %2").arg(label, value));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

PictureDetails::PictureDetails(const Parts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_reuse(new QMenu(this))
    , m_all(m_reuse->addAction(QString()))
    , m_allButSeed(m_reuse->addAction(QString()))
    , m_prompt(m_reuse->addAction(QString()))
    , m_seed(m_reuse->addAction(QString()))
    , m_actions(new QWidget)
    , m_source(new QPushButton(m_actions))
    , m_reuseButton(new ActionButton(QString(), m_reuse, m_actions))
    , m_star(new QPushButton(m_actions))
    , m_folder(new QPushButton(m_actions))
    , m_notes(makeWords("text2", nullptr))
    , m_tagLabel(makeLabel("text2", nullptr))
    , m_tags(new TagField)
    , m_tagProblem(makeWords("bad", nullptr))
    , m_nothing(makeWords("text2", nullptr))
{
    build();
    const auto restore = [this](QAction *action, RestorePart part) {
        connect(action, &QAction::triggered, this, [this, part] { emit restoreRequested(m_picture.id, part); });
    };
    restore(m_all, RestorePart::All);
    restore(m_allButSeed, RestorePart::AllButSeed);
    restore(m_prompt, RestorePart::Prompt);
    restore(m_seed, RestorePart::Seed);
    connect(m_source, &QPushButton::clicked, this, [this] { emit useAsSourceRequested(m_picture.id); });
    connect(m_star, &QPushButton::clicked, this, [this](bool on) { emit starRequested(m_picture.id, on); });
    connect(m_folder, &QPushButton::clicked, this, [this] { emit showInFolderRequested(m_picture.id); });
    connect(m_promptPart.copy, &QPushButton::clicked, this, [this] { copy(m_picture.prompt); });
    connect(m_negativePart.copy, &QPushButton::clicked, this, [this] { copy(m_picture.negativePrompt); });
    connect(m_templatePart.copy, &QPushButton::clicked, this, [this] { copy(m_picture.promptTemplate); });
    connect(m_factPart.copy, &QPushButton::clicked, this,
            [this] { copy(QString::number(m_picture.seed.value_or(0))); });
    connect(m_settingPart.copy, &QPushButton::clicked, this, [this] { copy(asLines(settings())); });
    connect(m_tags, &QLineEdit::editingFinished, this, &PictureDetails::takeTags);
    retranslate();
}

PictureDetails::Section PictureDetails::addSection(QWidget *content)
{
    Section section{new QWidget(content), makeWords("text2", nullptr), makeLink(nullptr),
                    new WrappedText(m_parts.theme)};
    auto *head = new QHBoxLayout;
    head->addWidget(section.title, 1);
    head->addWidget(section.copy, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(section.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addLayout(head);
    layout->addWidget(section.text);
    content->layout()->addWidget(section.box);
    return section;
}

void PictureDetails::build()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, space::kInside, 0);
    layout->setSpacing(space::kGroup);
    auto *row = new WrapLayout(m_actions);
    row->setSpacing(space::kInside);
    for (QPushButton *button : {m_source, static_cast<QPushButton *>(m_reuseButton), m_star, m_folder}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    m_star->setCheckable(true);
    layout->addWidget(m_actions);
    layout->addWidget(m_notes);
    m_promptPart = addSection(content);
    m_negativePart = addSection(content);
    m_templatePart = addSection(content);
    m_factPart = addSection(content);
    auto *tags = new QVBoxLayout;
    tags->setSpacing(space::kInside);
    m_tagLabel->setBuddy(m_tags);
    tags->addWidget(m_tagLabel);
    tags->addWidget(m_tags);
    tags->addWidget(m_tagProblem);
    m_tagProblem->hide();
    layout->addLayout(tags);
    m_settingPart = addSection(content);
    layout->addStretch(1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_area = makeScrolling(content, this);
    m_area->setMinimumWidth(kLeastWidth);
    m_nothing->setMinimumWidth(kLeastWidth);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    outer->addWidget(m_area);
    outer->addWidget(m_nothing);
}

void PictureDetails::setPicture(const Picture &picture)
{
    // What is being typed stays while the same picture is told anew.
    const bool keepTags = picture.id == m_picture.id && m_tags->hasFocus() && m_tags->isModified();
    if (picture.id != m_picture.id)
        m_file = FileState::AsKept;
    m_picture = picture;
    if (!keepTags) {
        m_tags->setTags(picture.tags);
        m_tags->setModified(false);
        setInvalid(m_tags, false);
        m_tagProblem->hide();
    }
    present();
}

void PictureDetails::clear(const QString &why)
{
    m_why = why;
    setPicture({});
}

void PictureDetails::setTagSuggestions(const QStringList &tags)
{
    m_tags->setSuggestions(tags);
}

void PictureDetails::setFileState(FileState state)
{
    m_file = state;
    presentActions();
    presentNotes();
}

void PictureDetails::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

void PictureDetails::presentActions()
{
    const bool isThere = m_picture.id != 0;
    const Recipe recipe = recipewords::recipeOf(m_picture);
    const bool isImage = m_picture.kind == MediaKind::Image;
    m_source->setVisible(isImage);
    m_source->setEnabled(m_file != FileState::Missing);
    m_all->setEnabled(!recipe.values.isEmpty());
    m_allButSeed->setEnabled(!recipe.values.isEmpty());
    m_prompt->setEnabled(!m_picture.prompt.isEmpty());
    m_seed->setEnabled(m_picture.seed.has_value());
    m_reuseButton->setEnabled(isThere && !recipe.values.isEmpty());
    m_star->setChecked(m_picture.starred);
    m_star->setText(m_picture.starred ? tr("★ Starred") : tr("☆ Star"));
    m_star->setAccessibleName(m_picture.starred ? tr("Starred: take the star away") : tr("Star"));
}

void PictureDetails::present()
{
    m_area->setVisible(m_picture.id != 0);
    m_nothing->setText(m_why.isEmpty() ? tr("Choose a picture to see what it was made from.") : m_why);
    m_nothing->setVisible(m_picture.id == 0);
    presentActions();
    presentNotes();
    const auto fill = [](const Section &section, const QString &text) {
        section.text->setWords(text);
        section.box->setVisible(!text.isEmpty());
    };
    fill(m_promptPart, m_picture.prompt);
    fill(m_negativePart, m_picture.negativePrompt);
    fill(m_templatePart, m_picture.promptTemplate == m_picture.prompt ? QString() : m_picture.promptTemplate);
    m_factPart.text->setFacts(m_picture.id != 0 ? fileFacts() : QList<std::pair<QString, QString>>());
    m_factPart.copy->setVisible(m_picture.seed.has_value());
    const auto values = settings();
    m_settingPart.text->setFacts(values);
    m_settingPart.box->setVisible(!values.isEmpty());
}

void PictureDetails::takeTags()
{
    if (m_picture.id == 0 || !m_tags->isModified())
        return;
    const Result<QStringList> typed = m_tags->tags();
    Result<QStringList> wanted = typed ? taglist::edited({}, {*typed, {}}) : typed;
    setInvalid(m_tags, !wanted);
    m_tagProblem->setVisible(!wanted);
    m_tagProblem->setText(wanted ? QString() : wanted.error().message);
    if (!wanted)
        return;
    m_tags->setModified(false);
    TagEdit edit;
    for (const QString &tag : std::as_const(*wanted)) {
        if (!m_picture.tags.contains(tag))
            edit.add.append(tag);
    }
    for (const QString &tag : std::as_const(m_picture.tags)) {
        if (!wanted->contains(tag))
            edit.remove.append(tag);
    }
    if (edit.add.isEmpty() && edit.remove.isEmpty())
        return;
    m_picture.tags = *wanted;
    emit tagsEdited(m_picture.id, edit);
}

void PictureDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
