// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a picture, and what the buttons are called.
#include "ui/gallery/picturedetails.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "ui/format.h"
#include "ui/gallery/recipewords.h"
#include "ui/gallery/wrappedtext.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/tagfield.h"

#include <QAction>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace novita {

QList<std::pair<QString, QString>> PictureDetails::fileFacts() const
{
    const QLocale locale;
    QList<std::pair<QString, QString>> facts;
    const QSize &size = m_picture.size;
    facts.append(
        {tr("Size"), size.isEmpty()
                         ? QString()
                         : tr("%1 × %2", "pixels").arg(locale.toString(size.width()), locale.toString(size.height()))});
    facts.append({tr("Format"), m_picture.format.toUpper()});
    facts.append({tr("File size"), m_picture.bytes > 0 ? format::bytes(m_picture.bytes) : QString()});
    facts.append({tr("Made"), format::dateTime(m_picture.createdAt)});
    if (!m_picture.model.isEmpty() && m_picture.model != m_picture.endpoint)
        facts.append({tr("Model"), displayLine(m_picture.model)});
    if (!m_picture.endpoint.isEmpty())
        facts.append({tr("Endpoint"),
                      recipewords::endpointTitle(m_parts.endpoints.find(m_picture.endpoint), m_picture.endpoint)});
    facts.append({tr("Seed"), m_picture.seed ? QString::number(*m_picture.seed) : tr("not told")});
    if (!m_picture.job.isEmpty())
        facts.append({tr("Job"), tr("%1, picture %2", "id of a job, number of the picture")
                                     .arg(displayLine(m_picture.job.toString(), 64))
                                     .arg(m_picture.ordinal + 1)});
    return facts;
}

QList<std::pair<QString, QString>> PictureDetails::settings() const
{
    const EndpointSpec *spec = m_parts.endpoints.find(m_picture.endpoint);
    const Recipe recipe = recipewords::recipeOf(m_picture);
    QList<std::pair<QString, QString>> out;
    const QStringList fields = recipewords::orderedFields({spec}, recipe.values);
    for (const QString &field : fields) {
        if (field == fields::kPrompt || field == fields::kNegativePrompt)
            continue;
        const QString text = recipewords::value(spec, field, recipe.values.value(field));
        if (!text.isEmpty())
            out.append({recipewords::label(m_parts.endpoints, spec, field), text});
    }
    return out;
}

void PictureDetails::presentNotes()
{
    QStringList notes;
    if (m_file == FileState::Missing)
        notes.append(tr("Its file is not there any more. Put it back into its folder, or move the picture to the "
                        "trash. Its settings can still be reused."));
    else if (m_file == FileState::Changed)
        notes.append(tr("Its file has been changed since it was made: what is told here is of the first one."));
    if (m_picture.trashedAt)
        notes.append(tr("In the trash since %1.").arg(format::dateTime(m_picture.trashedAt)));
    if (m_picture.flagged)
        notes.append(tr("The cloud's check has flagged this picture."));
    if (m_picture.hasCredential)
        notes.append(tr("Carries a content credential (C2PA): its bytes are left as they are, and what is known of it "
                        "lies beside it."));
    if (m_picture.job.isEmpty() && m_picture.id != 0)
        notes.append(tr("Brought in from a file."));
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
}

void PictureDetails::retranslate()
{
    const auto name = [](QPushButton *button, const QString &text, const QString &tip) {
        button->setText(text);
        button->setAccessibleName(text);
        button->setToolTip(tip);
    };
    name(m_source, tr("Use as source"), tr("Start from this picture"));
    m_reuseButton->setText(tr("Reuse settings"));
    m_reuseButton->setAccessibleName(tr("Reuse settings"));
    m_reuseButton->setToolTip(tr("Put settings of this picture into the form, after a look at what changes"));
    m_star->setToolTip(tr("Star this picture"));
    name(m_folder, tr("Show in folder"), tr("Show the file in the file manager"));
    m_all->setText(tr("All settings…"));
    m_allButSeed->setText(tr("All but the seed…"));
    m_prompt->setText(tr("Prompt…"));
    m_seed->setText(tr("Seed…"));
    const auto title = [](const Section &section, const QString &text, const QString &copyText,
                          const QString &copyName) {
        section.title->setText(text);
        section.text->setAccessibleName(text);
        section.copy->setText(copyText);
        section.copy->setAccessibleName(copyName);
        section.copy->setToolTip(copyName);
    };
    title(m_promptPart, tr("Prompt"), tr("Copy"), tr("Copy prompt"));
    title(m_negativePart, tr("Negative prompt"), tr("Copy"), tr("Copy negative prompt"));
    title(m_templatePart, tr("Prompt as it was typed"), tr("Copy"), tr("Copy prompt as it was typed"));
    title(m_factPart, tr("Picture"), tr("Copy seed"), tr("Copy seed"));
    title(m_settingPart, tr("Settings"), tr("Copy"), tr("Copy settings"));
    m_tagLabel->setText(tr("Tags"));
    m_tags->setAccessibleName(tr("Tags, with commas between them"));
    m_tags->setPlaceholderText(tr("e.g. draft, client"));
    present();
}

} // namespace novita
