// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csvtext.h"
#include "core/prompts/promptstyle.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <algorithm>

namespace novita::promptstyles {

namespace {

struct PromptStyles
{
    Q_DECLARE_TR_FUNCTIONS(PromptStyles)
};

constexpr qsizetype kMostProblems = 50;
constexpr QLatin1String kName("name");
constexpr QLatin1String kFolder("folder");
constexpr QLatin1String kPrompt("prompt");
constexpr QLatin1String kNegative("negative_prompt");
constexpr QLatin1String kOldPrompt("text");
constexpr QLatin1String kStyles("styles");

Error refused(const QString &why)
{
    return Error::make(ErrorKind::Validation, why);
}

/// Takes styles one by one, within the bounds.
class Intake
{
public:
    void take(const PromptStyle &style, const QString &place)
    {
        if (style.prompt.trimmed().isEmpty() && style.negative.trimmed().isEmpty())
            return;
        if (out.styles.size() >= kMostStyles) {
            if (!m_full)
                say(place, PromptStyles::tr("There are more than %1 styles; the rest was left out.").arg(kMostStyles));
            m_full = true;
            return;
        }
        const Result<PromptStyle> clean = cleaned(style);
        if (clean)
            out.styles.append(*clean);
        else
            say(place, clean.error().message);
    }

    void say(const QString &place, const QString &what)
    {
        if (out.problems.size() < kMostProblems)
            out.problems.append(QStringLiteral("%1: %2").arg(place, what));
    }

    StyleImport out;

private:
    bool m_full = false;
};

Result<StyleImport> readJson(const QByteArray &bytes)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error != QJsonParseError::NoError)
        return refused(PromptStyles::tr("This is not valid JSON (byte %1): %2").arg(problem.offset).arg(problem.errorString()));
    const QJsonValue list = document.isArray() ? QJsonValue(document.array()) : document.object().value(kStyles);
    if (!list.isArray())
        return refused(PromptStyles::tr("There is no list of styles in this file."));
    Intake intake;
    const QJsonArray items = list.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QString place = PromptStyles::tr("Style %1").arg(i + 1);
        const QJsonObject item = items.at(i).toObject();
        if (!item.value(kName).isString()) {
            intake.say(place, PromptStyles::tr("It has no name."));
            continue;
        }
        intake.take({item.value(kName).toString(), item.value(kFolder).toString(), item.value(kPrompt).toString(), item.value(kNegative).toString()}, place);
    }
    return intake.out;
}

Result<StyleImport> readCsv(const QString &text)
{
    const Result<QList<CsvRow>> rows = parseCsv(text, u',');
    if (!rows)
        return rows.error();
    const QStringList header = rows->isEmpty() ? QStringList() : rows->first().cells;
    const qsizetype name = header.indexOf(kName);
    const qsizetype prompt = header.contains(kPrompt) ? header.indexOf(kPrompt) : header.indexOf(kOldPrompt);
    const qsizetype negative = header.indexOf(kNegative);
    const qsizetype folder = header.indexOf(kFolder);
    if (name < 0 || prompt < 0)
        return refused(PromptStyles::tr("The first line must name the columns: name, prompt, negative_prompt."));
    Intake intake;
    for (const CsvRow &row : rows->mid(1)) {
        const auto cell = [&row](qsizetype column) { return column < 0 ? QString() : row.cells.value(column); };
        intake.take({cell(name), cell(folder), cell(prompt), cell(negative)}, PromptStyles::tr("Line %1").arg(row.line));
    }
    return intake.out;
}

} // namespace

QByteArray toJson(const QList<PromptStyle> &styles)
{
    QJsonArray out;
    for (const PromptStyle &style : styles) {
        QJsonObject item{{kName, style.name}, {kPrompt, style.prompt}, {kNegative, style.negative}};
        if (!style.folder.isEmpty())
            item.insert(kFolder, style.folder);
        out.append(item);
    }
    return QJsonDocument(out).toJson(QJsonDocument::Indented);
}

QByteArray toCsv(const QList<PromptStyle> &styles)
{
    const bool hasFolders = std::any_of(styles.begin(), styles.end(), [](const PromptStyle &style) { return !style.folder.isEmpty(); });
    const auto line = [hasFolders](QStringList cells) {
        if (!hasFolders)
            cells.removeLast();
        for (QString &cell : cells)
            cell = u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
        return cells.join(u',') + QStringLiteral("\r\n");
    };
    QString out = QStringLiteral("name,prompt,negative_prompt") + (hasFolders ? QStringLiteral(",folder") : QString()) + QStringLiteral("\r\n");
    for (const PromptStyle &style : styles)
        out += line({style.name, style.prompt, style.negative, style.folder});
    return QByteArray("\xef\xbb\xbf") + out.toUtf8();
}

Result<StyleImport> read(const QByteArray &bytes)
{
    if (bytes.size() > kMostBytes)
        return refused(PromptStyles::tr("The file is larger than 4 MiB."));
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(bytes);
    if (decode.hasError() || text.contains(QChar(0)))
        return refused(PromptStyles::tr("The file is no UTF-8 text."));
    const QString trimmed = text.trimmed();
    const bool json = trimmed.startsWith(u'[') || trimmed.startsWith(u'{');
    return json ? readJson(trimmed.toUtf8()) : readCsv(text);
}

} // namespace novita::promptstyles
