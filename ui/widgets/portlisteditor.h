// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"
#include "ui/widgets/rowlisteditor.h"

#include <QList>

class QComboBox;
class QLabel;
class QSpinBox;

namespace novita {

struct PortRow : EditorRow
{
    QSpinBox *port = nullptr;
    QLabel *typeLabel = nullptr;
    QComboBox *type = nullptr;
};

/// Ports to expose: number and http/tcp each, *Add port*, *Remove*. What is allowed is InstanceDraft's business; this keeps
/// to 1-65535 and the most rows the API takes.
class PortListEditor final : public RowListEditor<DraftPort, PortRow>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PortListEditor)

public:
    static constexpr int kMaxRows = 15;

    explicit PortListEditor(QWidget *parent = nullptr, int maxRows = kMaxRows);
    QList<DraftPort> ports() const;
    void setPorts(const QList<DraftPort> &ports);

signals:
    void portsChanged();

private:
    void buildRow(const DraftPort &port) override;
    void retranslate() override;
    void announceChange() override { emit portsChanged(); }
    int freePort() const;
};

} // namespace novita
