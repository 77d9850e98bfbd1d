// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/requeststab.h"

#include "core/workflows/stores.h"
#include "ui/activity/requestmodel.h"
#include "ui/activity/textfilter.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/requesttext.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/plaintextview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>

namespace novita {

namespace {

QString bodyText(const QJsonValue &body)
{
    if (body.isObject())
        return QString::fromUtf8(QJsonDocument(body.toObject()).toJson(QJsonDocument::Indented));
    if (body.isArray())
        return QString::fromUtf8(QJsonDocument(body.toArray()).toJson(QJsonDocument::Indented));
    return {};
}

} // namespace

RequestsTab::RequestsTab(UiContext context, QWidget *parent)
    : ActivityTab(context, parent)
    , m_model(new RequestModel(context.stores.activity, this))
    , m_copyCurl(new QPushButton(this))
    , m_copyPython(new QPushButton(this))
    , m_copyDetails(new QPushButton(this))
    , m_clear(new QPushButton(this))
{
    for (QPushButton *button : {m_copyCurl, m_copyPython, m_copyDetails, m_clear})
        button->setAutoDefault(false);
    m_detailButtons->addWidget(m_copyCurl);
    m_detailButtons->addWidget(m_copyPython);
    m_detailButtons->addWidget(m_copyDetails);
    m_detailButtons->addStretch();
    m_tools->addWidget(m_clear);
    m_table->setItemDelegateForColumn(RequestModel::Status, new StatusDelegate(context.theme, m_table));
    setModel(m_model, RequestModel::columnIds(), {120, 200, 130, 90, 90, 90, 280});
    m_table->sortByColumn(RequestModel::Time, Qt::DescendingOrder);
    connect(m_copyCurl, &QPushButton::clicked, this, [this] { copyAs(RequestForm::Curl); });
    connect(m_copyPython, &QPushButton::clicked, this, [this] { copyAs(RequestForm::Python); });
    connect(m_copyDetails, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_details->toPlainText()); });
    connect(m_clear, &QPushButton::clicked, this, [this] { m_context.stores.activity.clearRequests(); });
}

QString RequestsTab::countText() const
{
    const int shown = m_proxy->rowCount();
    const int all = m_model->rowCount();
    return shown == all ? tr("%n request(s)", nullptr, all) : tr("%1 of %n request(s)", nullptr, all).arg(shown);
}

QString RequestsTab::detailsOf(int sourceRow) const
{
    const RequestRecord *record = m_model->at(sourceRow);
    if (!record)
        return {};
    QStringList lines{QStringLiteral("%1 %2").arg(record->method, record->url),
                      tr("Operation: %1").arg(record->operation),
                      tr("Started: %1").arg(format::clockTime(record->startedAt)),
                      tr("HTTP status: %1").arg(record->httpStatus > 0 ? QString::number(record->httpStatus) : format::dash()),
                      tr("Attempts: %1, waited %2, on the wire %3").arg(record->attempts).arg(format::milliseconds(record->waited), format::milliseconds(record->duration)),
                      tr("Received: %1, %2 unpacked").arg(format::bytes(record->wireBytes), format::bytes(record->bodyBytes)),
                      tr("Correlation id: %1").arg(record->correlationId)};
    if (record->shared)
        lines.append(tr("Joined an identical request that was under way."));
    if (record->error)
        lines.append(QLatin1Char('\n') + errorText(*record->error).sentence + QLatin1Char('\n') + errorText(*record->error).details);
    const QString body = bodyText(record->requestBody);
    if (!body.isEmpty())
        lines.append(QLatin1Char('\n') + tr("Request body:") + QLatin1Char('\n') + body);
    return lines.join(QLatin1Char('\n'));
}

void RequestsTab::copyAs(RequestForm form)
{
    if (const RequestRecord *record = m_model->at(currentSourceRow()))
        copyRequest({record->method, record->url, record->requestBody}, form);
}

void RequestsTab::retranslate()
{
    retranslateExport(QStringLiteral("requests"));
    m_filter->setPlaceholderText(tr("Filter requests"));
    m_filter->setAccessibleName(tr("Filter requests"));
    m_table->setAccessibleName(tr("Requests table"));
    m_details->setAccessibleName(tr("Request details"));
    m_copyCurl->setText(tr("Copy as curl"));
    m_copyPython->setText(tr("Copy as Python"));
    for (QPushButton *button : {m_copyCurl, m_copyPython})
        button->setToolTip(tr("With the key as $NOVITA_API_KEY, and without secret values"));
    m_copyDetails->setText(tr("Copy details"));
    m_clear->setText(tr("Clear"));
    m_clear->setAccessibleName(tr("Clear requests"));
    m_clear->setEnabled(m_model->rowCount() > 0);
    if (m_filter->text().isEmpty())
        m_empty->setContent(tr("No request has been made yet."));
    else
        m_empty->setContent(tr("No request matches this filter."), tr("Clear filter"));
}

} // namespace novita
