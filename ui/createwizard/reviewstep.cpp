// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/reviewstep.h"

#include "core/base/redact.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/stores.h"
#include "ui/createwizard/pricepanel.h"
#include "ui/createwizard/wizardstate.h"
#include "ui/format.h"
#include "ui/instanceforms/copyasmenu.h"
#include "ui/models/productwords.h"
#include "ui/theme.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/makers.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>

namespace novita {

namespace {

QString portsWords(const InstanceDraft &draft)
{
    QStringList parts;
    for (const DraftPort &port : draft.ports)
        parts.append(QStringLiteral("%1/%2").arg(port.port).arg(port.type));
    if (draft.jupyter)
        parts.append(ReviewStep::tr("Jupyter on %1").arg(draft.jupyterPort));
    return parts.isEmpty() ? ReviewStep::tr("none but SSH") : parts.join(QStringLiteral(", "));
}

QString mountWords(const InstanceDraft &draft, const StorageStore &storages)
{
    QStringList parts;
    for (const DraftMount &mount : draft.mounts) {
        const NetworkStorage *volume = storages.find(mount.id);
        parts.append(ReviewStep::tr("%1 at %2").arg(volume ? volume->name : mount.id.toString(), mount.mountPoint));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

ReviewStep::ReviewStep(WizardState &state, const UiContext &context, const PricePanel &price, QWidget *parent)
    : WizardStep(state, parent)
    , m_context(context)
    , m_price(price)
    , m_problemsHeading(new QLabel(this))
    , m_problems(new QVBoxLayout)
    , m_facts(new FactList(this))
    , m_jsonLabel(new QLabel(this))
    , m_json(new QPlainTextEdit(this))
    , m_reveal(new QCheckBox(this))
    , m_copyAs(new QPushButton(this))
{
    m_problemsHeading->setProperty("tone", QStringLiteral("bad"));
    m_problems->setSpacing(0);
    m_json->setReadOnly(true);
    setFixedFont(m_json, m_context.theme);
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_json->setTabChangesFocus(true);
    m_json->setMinimumHeight(100);
    m_jsonLabel->setBuddy(m_json);
    m_jsonLabel->setProperty("tone", QStringLiteral("text2"));

    auto *forms = new QMenu(m_copyAs);
    fillCopyAsMenu(forms, [this] { return std::optional(m_context.create.preview(this->state().draft())); });
    m_copyAs->setMenu(forms);
    m_copyAs->setProperty("hasMenu", true);
    m_copyAs->setAutoDefault(false);

    auto *jsonLine = new QHBoxLayout;
    jsonLine->setSpacing(space::kRelated);
    jsonLine->addWidget(m_jsonLabel, 1);
    jsonLine->addWidget(m_reveal);
    jsonLine->addWidget(m_copyAs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_problemsHeading);
    layout->addLayout(m_problems);
    layout->addWidget(m_facts);
    layout->addSpacing(space::kRelated);
    layout->addLayout(jsonLine);
    layout->addWidget(m_json, 1);
    setTabOrder(m_reveal, m_copyAs);
    setTabOrder(m_copyAs, m_json);
    connect(m_reveal, &QCheckBox::toggled, this, &ReviewStep::loadJson);
    begin();
}

QString ReviewStep::title() const
{
    return tr("Review");
}

bool ReviewStep::focusField(DraftField field)
{
    Q_UNUSED(field)
    return false;
}

void ReviewStep::enter()
{
    // Values shown once are hidden again: somebody else may look over the shoulder at the next visit.
    m_reveal->setChecked(false);
    m_json->setFocus(Qt::OtherFocusReason);
}

QList<std::pair<QString, QString>> ReviewStep::facts() const
{
    const InstanceDraft &draft = state().draft();
    const Product *product = state().product();
    const RankedProduct *ranked = state().ranked();
    const bool gpu = draft.kind == ProductKind::Gpu;
    const QString productName = product ? product->name : draft.productId.isEmpty() ? tr("none chosen") : draft.productId.toString();
    QList<std::pair<QString, QString>> out{
        {tr("Name"), draft.name},
        {tr("Product"), gpu ? tr("%1 × %2, %3").arg(productName).arg(draft.gpuNum).arg(productwords::billingMode(state().query().mode)) : productName},
        {tr("Region"), ranked && !ranked->region.isEmpty() ? ranked->region : draft.clusterId.isEmpty() ? tr("the platform picks") : draft.clusterId.toString()},
        {tr("Price"), m_price.summary()},
        {tr("Image"), draft.imageUrl},
        {tr("Ports"), portsWords(draft)}};
    if (gpu)
        out.insert(5, {tr("System disk"), format::gigabytes(draft.rootfsGb)});
    if (!draft.envs.isEmpty())
        out.append({tr("Environment"), tr("%n variable(s)", nullptr, static_cast<int>(draft.envs.size()))});
    if (!draft.mounts.isEmpty())
        out.append({tr("Volumes"), mountWords(draft, m_context.stores.storages)});
    return out;
}

void ReviewStep::load()
{
    m_facts->setFacts(facts());
    loadJson();
}

void ReviewStep::loadJson()
{
    const QJsonObject body = state().draft().toJson();
    const QJsonObject shown = m_reveal->isChecked() ? body : redactJson(body).toObject();
    const QString text = QString::fromUtf8(QJsonDocument(shown).toJson(QJsonDocument::Indented));
    if (m_json->toPlainText() != text)
        m_json->setPlainText(text);
    m_reveal->setVisible(!state().draft().envs.isEmpty());
}

void ReviewStep::showProblems(const QList<DraftProblem> &problems)
{
    Q_UNUSED(problems)
    // Here everything counts, whether its input was visited or not.
    const QList<DraftProblem> all = state().problems();
    const bool same = all.size() == m_shown.size() && std::equal(all.begin(), all.end(), m_shown.begin(), [](const DraftProblem &a, const DraftProblem &b) {
        return a.field == b.field && a.message == b.message;
    });
    m_problemsHeading->setVisible(!all.isEmpty());
    if (same)
        return;
    m_shown = all;
    while (QLayoutItem *item = m_problems->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const DraftProblem &problem : all) {
        auto *link = new QPushButton(problem.message, this);
        link->setProperty("link", true);
        link->setAutoDefault(false);
        link->setAccessibleName(tr("Mend: %1").arg(problem.message));
        m_problems->addWidget(link, 0, Qt::AlignLeft);
        connect(link, &QPushButton::clicked, this, [this, field = problem.field] { emit fieldRequested(field); });
    }
}

void ReviewStep::retranslate()
{
    m_problemsHeading->setText(tr("This has to be put right first:"));
    m_jsonLabel->setText(tr("Request to be sent"));
    m_json->setAccessibleName(tr("Request to be sent"));
    m_reveal->setText(tr("Show values of variables"));
    m_reveal->setAccessibleName(tr("Show values of variables"));
    m_copyAs->setText(tr("Copy as"));
    m_copyAs->setAccessibleName(tr("Copy as"));
    m_copyAs->setToolTip(tr("The request that would be sent, with the key as $NOVITA_API_KEY and without secret values"));
}

} // namespace novita
