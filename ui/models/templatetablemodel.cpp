// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/templatetablemodel.h"

#include "core/base/displaytext.h"
#include "ui/format.h"

namespace novita {

namespace {

QList<TableColumn> makeColumns()
{
    QList<TableColumn> out(TemplateTableModel::ColumnCount);
    out[TemplateTableModel::NameColumn] = {QStringLiteral("name"), false, false, 200, true, 0};
    out[TemplateTableModel::ImageColumn] = {QStringLiteral("image"), false, false, 280, true, 0};
    out[TemplateTableModel::ChannelColumn] = {QStringLiteral("channel"), false, false, 104, false, 5};
    out[TemplateTableModel::PortsColumn] = {QStringLiteral("ports"), false, false, 140, true, 1};
    out[TemplateTableModel::DiskColumn] = {QStringLiteral("disk"), true, false, 80, true, 3};
    out[TemplateTableModel::AuthorColumn] = {QStringLiteral("author"), false, false, 120, true, 4};
    out[TemplateTableModel::CreatedColumn] = {QStringLiteral("created"), false, false, 150, true, 2};
    return out;
}

bool hasName(const InstanceTemplate &source)
{
    return !displayLine(source.name).isEmpty();
}

QString portsText(const QList<TemplatePort> &ports)
{
    QStringList parts;
    for (const TemplatePort &port : ports)
        parts.append(QStringLiteral("%1/%2").arg(port.port).arg(port.type));
    return parts.join(QStringLiteral(", "));
}

} // namespace

TemplateTableModel::TemplateTableModel(TemplateStore &store, QObject *parent)
    : RecordTableModel(makeColumns(), store, parent)
{
    loadFromStore();
}

QString TemplateTableModel::channelWord(const QString &channel)
{
    if (channel == QLatin1String("official"))
        return tr("Official");
    if (channel == QLatin1String("community"))
        return tr("Community");
    return channel == QLatin1String("private") ? tr("Private") : channel;
}

QStringList TemplateTableModel::filterFields() const
{
    return {QStringLiteral("name"), QStringLiteral("image"), QStringLiteral("channel"), QStringLiteral("port"), QStringLiteral("author"), QStringLiteral("id")};
}

QStringList TemplateTableModel::filterTexts(const InstanceTemplate &record) const
{
    return {record.name, record.image, record.channel, portsText(record.ports), record.user, record.id.toString()};
}

QString TemplateTableModel::headerText(int column) const
{
    switch (column) {
    case NameColumn: return tr("Name");
    case ImageColumn: return tr("Image");
    case ChannelColumn: return tr("Channel");
    case PortsColumn: return tr("Ports");
    case DiskColumn: return tr("Disk");
    case AuthorColumn: return tr("Author");
    case CreatedColumn: return tr("Created");
    default: return {};
    }
}

QString TemplateTableModel::text(const InstanceTemplate &record, int column) const
{
    const auto orDash = [](const QString &value) { return value.isEmpty() ? format::dash() : value; };
    switch (column) {
    case NameColumn: return hasName(record) ? record.name : record.id.toString();
    case ImageColumn: return record.image;
    case ChannelColumn: return channelWord(record.channel);
    case PortsColumn: return orDash(portsText(record.ports));
    case DiskColumn: return format::gigabytes(record.rootfsGb);
    case AuthorColumn: return orDash(record.user);
    case CreatedColumn: return format::dateTime(record.createdAt);
    default: return {};
    }
}

QVariant TemplateTableModel::cell(const InstanceTemplate &record, int column, int role) const
{
    if (role == Qt::DisplayRole)
        return text(record, column);
    if (role == StandInRole)
        return column == NameColumn && !hasName(record);
    if (role == Qt::ToolTipRole && column == NameColumn && !record.description.isEmpty()) {
        return format::toolTip(record.description);
    }
    return {};
}

SortValue TemplateTableModel::sortValue(const InstanceTemplate &record, int column) const
{
    switch (column) {
    case DiskColumn: return record.rootfsGb ? SortValue::ofNumber(*record.rootfsGb) : SortValue::unknown();
    case CreatedColumn:
        return record.createdAt ? SortValue::ofNumber(static_cast<double>(record.createdAt->time_since_epoch().count())) : SortValue::unknown();
    case PortsColumn: return record.ports.isEmpty() ? SortValue::unknown() : SortValue::ofNumber(record.ports.first().port);
    case AuthorColumn: return record.user.isEmpty() ? SortValue::unknown() : SortValue::ofText(record.user);
    default: return SortValue::ofText(text(record, column));
    }
}

} // namespace novita
