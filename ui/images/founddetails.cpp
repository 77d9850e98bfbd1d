// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/founddetails.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/formvalues.h"
#include "core/images/pictureimport.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/makers.h"

#include <QLabel>
#include <QVBoxLayout>

#include <array>

namespace novita {

namespace {

constexpr qsizetype kShownPrompt = 600;

using Fact = std::pair<QLatin1String, const char *>;
constexpr std::array kFacts{Fact{fields::kModel, QT_TRANSLATE_NOOP("novita::FoundDetails", "Model")},
                            Fact{fields::kSteps, QT_TRANSLATE_NOOP("novita::FoundDetails", "Steps")},
                            Fact{fields::kSampler, QT_TRANSLATE_NOOP("novita::FoundDetails", "Sampler")},
                            Fact{fields::kGuidance, QT_TRANSLATE_NOOP("novita::FoundDetails", "Guidance")},
                            Fact{fields::kSeed, QT_TRANSLATE_NOOP("novita::FoundDetails", "Seed")},
                            Fact{fields::kSize, QT_TRANSLATE_NOOP("novita::FoundDetails", "Size")},
                            Fact{fields::kLoras, QT_TRANSLATE_NOOP("novita::FoundDetails", "LoRAs")}};

/// The prompts that it was made from; empty where it says none.
QString promptsOf(const QJsonObject &values)
{
    QString prompt = values.value(fields::kPrompt).toString().left(kShownPrompt);
    const QString negative = values.value(fields::kNegativePrompt).toString().left(kShownPrompt);
    if (!negative.isEmpty())
        prompt += QStringLiteral("\n\n") + FoundDetails::tr("Negative: %1", "a prompt").arg(negative);
    return prompt;
}

QList<std::pair<QString, QString>> factsOf(const FoundPicture &found, const QJsonObject &values)
{
    QList<std::pair<QString, QString>> facts;
    if (found.isFilm)
        facts.append({FoundDetails::tr("Film"), format::bytes(found.size)});
    else
        facts.append(
            {FoundDetails::tr("Picture"), QStringLiteral("%1 × %2 · %3 · %4")
                                              .arg(found.header.size.width())
                                              .arg(found.header.size.height())
                                              .arg(imageFormatName(found.header.format), format::bytes(found.size))});
    if (!found.sidecar.isEmpty())
        facts.append({FoundDetails::tr("Settings from"), displayLine(found.sidecar, 80)});
    if (found.hasCredential)
        facts.append({FoundDetails::tr("Credential"), FoundDetails::tr("present, not verified")});
    for (const auto &[key, label] : kFacts) {
        if (values.contains(key))
            facts.append({FoundDetails::tr(label), displayLine(readableValue(values.value(key)), 120)});
    }
    return facts;
}

} // namespace

FoundDetails::FoundDetails(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_preview(new QLabel(this))
    , m_title(makeWords("text", this))
    , m_prompt(makeWords("text2", this))
    , m_facts(new FactList(this))
{
    m_preview->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    const auto fonts = [this] { m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&m_context.theme, &Theme::changed, this, fonts);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, space::kRelated, 0);
    column->setSpacing(space::kRelated);
    column->addWidget(m_preview);
    column->addWidget(m_title);
    column->addWidget(m_prompt);
    column->addWidget(m_facts);
    column->addStretch(1);
}

void FoundDetails::present(const FoundPicture *found)
{
    const QJsonObject values = found && found->recipe ? found->recipe->values : QJsonObject();
    const QString prompt = promptsOf(values);
    m_preview->setPixmap(found ? QPixmap::fromImage(found->preview) : QPixmap());
    m_preview->setVisible(found);
    m_title->setText(!found             ? QString()
                     : found->saysHow() ? tr("Made with %1").arg(imageToolName(found->tool))
                                        : tr("Says nothing of how it was made"));
    m_prompt->setText(prompt);
    m_prompt->setVisible(!prompt.isEmpty());
    m_facts->setFacts(found ? factsOf(*found, values) : QList<std::pair<QString, QString>>());
}

void FoundDetails::tell(const QString &why)
{
    m_title->setText(why);
}

void FoundDetails::retranslate()
{
    m_preview->setAccessibleName(tr("The chosen picture"));
}

} // namespace novita
