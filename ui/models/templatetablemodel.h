// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/recordtablemodel.h"

namespace novita {

/// The templates of every channel; `channel:official` in the filter narrows to one.
class TemplateTableModel final : public RecordTableModel<InstanceTemplate>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplateTableModel)

public:
    enum Column { NameColumn, ImageColumn, ChannelColumn, PortsColumn, DiskColumn, AuthorColumn, CreatedColumn, ColumnCount };

    explicit TemplateTableModel(TemplateStore &store, QObject *parent = nullptr);

    QStringList filterFields() const override;
    /// "Official", "Community", "Private"; another channel verbatim.
    static QString channelWord(const QString &channel);

protected:
    QString headerText(int column) const override;
    InstanceTemplate makeRecord(const InstanceTemplate &entity) const override { return entity; }
    QVariant cell(const InstanceTemplate &record, int column, int role) const override;
    SortValue sortValue(const InstanceTemplate &record, int column) const override;
    QStringList filterTexts(const InstanceTemplate &record) const override;
    QString tieText(const InstanceTemplate &record) const override { return record.name; }

private:
    QString text(const InstanceTemplate &record, int column) const;
};

} // namespace novita
