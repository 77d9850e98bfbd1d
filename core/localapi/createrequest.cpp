// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/createrequest.h"

#include "core/base/redact.h"
#include "core/workflows/batchfields.h"
#include "core/workflows/stores.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonParseError>
#include <QStringDecoder>

#include <algorithm>

namespace novita {

namespace {

using L1 = QLatin1String;

constexpr qsizetype kMostFieldProblems = 50;
constexpr qsizetype kMostEchoed = 100;
constexpr qsizetype kMostNameChars = 200;
// Far beyond every field rule: what is larger is not looked at any further.
constexpr qsizetype kMostMembers = 100;
constexpr qsizetype kMostTextChars = 16384;
constexpr qsizetype kMostItems = 500;

/// How deep arrays and objects lie in each other; text does not count. Of what is no JSON the number means nothing.
int depthOf(const QByteArray &json)
{
    int depth = 0;
    int most = 0;
    bool inText = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json.at(i);
        if (inText && c == '\\')
            ++i;
        else if (c == '"')
            inText = !inText;
        else if (!inText && (c == '{' || c == '['))
            most = std::max(most, ++depth);
        else if (!inText && (c == '}' || c == ']'))
            --depth;
    }
    return most;
}

/// Values that are no secret by what they are; those of variables and commands, and of members nobody knows, may be.
bool mayBeEchoed(const QString &field)
{
    static const QStringList plain{QStringLiteral("name"), QStringLiteral("productId"), QStringLiteral("productName"), QStringLiteral("region"),
                                   QStringLiteral("templateId"), QStringLiteral("gpuNum"), QStringLiteral("rootfsSize"), QStringLiteral("ports"),
                                   QStringLiteral("clusterId"), QStringLiteral("kind"), QStringLiteral("month"), QStringLiteral("billingMode"),
                                   QStringLiteral("autoRenew"), QStringLiteral("autoRenewMonth"), QStringLiteral("minCudaVersion")};
    return plain.contains(field);
}

QString wireName(DraftField field)
{
    switch (field) {
    case DraftField::Name: return QStringLiteral("name");
    case DraftField::Product: return QStringLiteral("productId");
    case DraftField::GpuNum: return QStringLiteral("gpuNum");
    case DraftField::Rootfs: return QStringLiteral("rootfsSize");
    case DraftField::Image: return QStringLiteral("imageUrl");
    case DraftField::Ports: return QStringLiteral("ports");
    case DraftField::Envs: return QStringLiteral("envs");
    case DraftField::Command: return QStringLiteral("command");
    case DraftField::Entrypoint: return QStringLiteral("entrypoint");
    case DraftField::Mounts: return QStringLiteral("networkStorages");
    case DraftField::LocalMount: return QStringLiteral("localStorageMountPoint");
    case DraftField::Network: return QStringLiteral("networkId");
    case DraftField::Month: return QStringLiteral("month");
    case DraftField::AutoRenew: return QStringLiteral("autoRenewMonth");
    case DraftField::MinCuda: return QStringLiteral("minCudaVersion");
    case DraftField::Tools: return QStringLiteral("tools");
    case DraftField::Cluster: return QStringLiteral("clusterId");
    default: return {};
    }
}

/// What has been found wrong so far.
class Findings
{
public:
    explicit Findings(const QJsonObject &body) : m_body(body) {}

    void say(const QString &field, const QString &message)
    {
        if (m_problems.size() >= kMostFieldProblems)
            return;
        ApiFieldProblem problem{field.left(kMostEchoed), redact(message), QJsonValue(QJsonValue::Undefined)};
        const QJsonValue value = m_body.value(field);
        if (mayBeEchoed(field) && (value.isDouble() || value.isBool() || value.isNull()))
            problem.value = value;
        else if (mayBeEchoed(field) && value.isString())
            problem.value = redactedExcerpt(value.toString(), kMostEchoed);
        m_problems.append(problem);
    }

    bool isEmpty() const { return m_problems.isEmpty(); }
    ApiProblem problem() const
    {
        ApiProblem out = ApiProblem::make(422, "VALIDATION_ERROR", QStringLiteral("The request asks for what cannot be made."));
        out.fields = m_problems;
        out.retryable = false;
        return out;
    }

private:
    const QJsonObject &m_body;
    QList<ApiFieldProblem> m_problems;
};

bool isOversized(const QJsonValue &value)
{
    return value.toString().size() > kMostTextChars || value.toArray().size() > kMostItems;
}

const QStringList &ownMembers()
{
    static const QStringList names{QStringLiteral("productName"), QStringLiteral("region"), QStringLiteral("templateId")};
    return names;
}

/// Puts the cheapest product of that name, and where it runs, into the draft.
void chooseProduct(InstanceDraft &draft, const QString &name, const QString &region, const Stores &stores, const QStringList &regionOrder, Findings &findings)
{
    QList<Product> named = stores.products.all();
    named.removeIf([&](const Product &product) { return product.name.compare(name, Qt::CaseInsensitive) != 0; });
    ProductQuery query;
    query.kind = draft.kind;
    query.mode = draft.billing;
    query.gpuCount = std::clamp(draft.gpuNum, 1, 8);
    query.region = region;
    query.regionOrder = regionOrder;
    const QList<RankedProduct> ranking = rankProducts(named, stores.clusters.all(), query);
    if (ranking.isEmpty()) {
        findings.say(QStringLiteral("productName"), QStringLiteral("There is no such product."));
    } else if (!ranking.first().isOffered()) {
        findings.say(QStringLiteral("productName"), ranking.first().reason);
    } else {
        draft.productId = ranking.first().id;
        if (!region.isEmpty())
            draft.clusterId = ranking.first().clusterId;
    }
}

void chooseCluster(InstanceDraft &draft, const QString &region, const Stores &stores, Findings &findings)
{
    const QList<Cluster> clusters = stores.clusters.all();
    const auto found = std::find_if(clusters.begin(), clusters.end(), [&](const Cluster &cluster) {
        return cluster.region().compare(region, Qt::CaseInsensitive) == 0;
    });
    if (found == clusters.end())
        findings.say(QStringLiteral("region"), QStringLiteral("There is no such region."));
    else
        draft.clusterId = found->id;
}

/// Writes every member that a request of the cloud could have into the draft.
void takeMembers(InstanceDraft &draft, const QJsonObject &body, Findings &findings)
{
    const QStringList known = batchfields::names();
    QJsonObject taken;
    for (auto it = body.begin(); it != body.end(); ++it) {
        if (ownMembers().contains(it.key())) {
            if (!batchfields::isEmpty(*it) && !it->isString() && !(it->isDouble() && it.key() == L1("templateId")))
                findings.say(it.key(), QStringLiteral("must be text."));
        } else if (it.key() != L1("imageAuth") && !known.contains(it.key())) {
            findings.say(it.key(), QStringLiteral("There is no such member."));
        } else if (isOversized(*it)) {
            findings.say(it.key(), QStringLiteral("is too large."));
        } else if (!batchfields::isEmpty(*it)) {
            const QString problem = batchfields::set(draft, it.key(), *it);
            if (problem.isEmpty())
                taken.insert(it.key(), *it);
            else
                findings.say(it.key(), problem);
        }
    }
    for (const QString &line : batchfields::unsaid(draft, taken))
        findings.say(line.section(QStringLiteral(": "), 0, 0), line.section(QStringLiteral(": "), 1));
}

} // namespace

std::variant<QJsonObject, ApiProblem> readApiBody(const QByteArray &body)
{
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(body);
    if (decode.hasError() || text.contains(QChar(0)))
        return ApiProblem::make(400, "BAD_REQUEST", QStringLiteral("The body is no UTF-8 text."));
    if (depthOf(body) > kMostApiDepth)
        return ApiProblem::make(400, "BAD_REQUEST", QStringLiteral("The body is nested too deeply."));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error != QJsonParseError::NoError)
        return ApiProblem::make(400, "BAD_REQUEST", QStringLiteral("The body is no JSON (byte %1): %2.").arg(problem.offset).arg(problem.errorString()));
    if (!document.isObject())
        return ApiProblem::make(400, "BAD_REQUEST", QStringLiteral("The body must be a JSON object."));
    return document.object();
}

QString CreateRequest::textOf(const char *name) const
{
    const QJsonValue value = m_body.value(L1(name));
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString().trimmed();
}

bool CreateRequest::namesProduct() const
{
    return !textOf("productName").isEmpty();
}

bool CreateRequest::namesRegion() const
{
    return !textOf("region").isEmpty();
}

TemplateId CreateRequest::templateId() const
{
    return TemplateId(textOf("templateId"));
}

std::variant<InstanceDraft, ApiProblem> CreateRequest::draft(const Stores &stores, const QStringList &regionOrder) const
{
    if (m_body.size() > kMostMembers)
        return ApiProblem::make(422, "VALIDATION_ERROR", QStringLiteral("There are more than %1 members.").arg(kMostMembers));
    Findings findings(m_body);
    InstanceDraft draft;
    if (const TemplateId id = templateId(); !id.isEmpty()) {
        if (const InstanceTemplate *source = stores.templates.find(id))
            draft.applyTemplate(*source);
        else
            findings.say(QStringLiteral("templateId"), QStringLiteral("There is no such template."));
    }
    takeMembers(draft, m_body, findings);

    const QString productName = textOf("productName");
    const QString region = textOf("region");
    const bool byName = draft.productId.isEmpty() && !productName.isEmpty();
    if (!draft.productId.isEmpty() && !productName.isEmpty())
        findings.say(QStringLiteral("productName"), QStringLiteral("Name the product by productId or by productName, not by both."));
    else if (byName && productName.size() > kMostNameChars)
        findings.say(QStringLiteral("productName"), QStringLiteral("There is no such product."));
    else if (byName)
        chooseProduct(draft, productName, region, stores, regionOrder, findings);
    if (!region.isEmpty() && !byName)
        chooseCluster(draft, region, stores, findings);

    InstanceDraft judged = draft;
    if (judged.name.isEmpty())
        judged.name = QStringLiteral("unnamed"); // CreateInstance finds one
    for (const DraftProblem &problem : judged.problems(stores.products.find(draft.productId))) {
        // Why no product of that name can be had has been said.
        if (!(problem.field == DraftField::Product && byName))
            findings.say(wireName(problem.field), problem.message);
    }
    if (!findings.isEmpty())
        return findings.problem();
    return draft;
}

} // namespace novita
