// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/resourcedrafts.h"
#include "ui/widgets/formdialog.h"

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace novita {

/// A new VPC network, or another name for one that exists.
class NetworkDialog final : public FormDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NetworkDialog)

public:
    /// `before`: the network to rename; null for a new one.
    NetworkDialog(const UiContext &context, const VpcNetwork *before, QWidget *parent);

protected:
    QString heading() const override;
    QString verb() const override;
    QString busyVerb() const override;
    QList<DraftProblem> problems() const override;
    Call<ResourceOutcome> *submit() override;
    void retranslate() override;

private:
    NetworkDraft draft() const;
    void fillRegions();

    std::optional<VpcNetwork> m_before;
    QLineEdit *m_name;
    QLabel *m_nameLabel;
    QComboBox *m_region;
    QLabel *m_regionLabel;
};

} // namespace novita
