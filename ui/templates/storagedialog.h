// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/resourcedrafts.h"
#include "ui/widgets/formdialog.h"

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace novita {

/// A new network volume, or another name and a larger size for one that exists.
class StorageDialog final : public FormDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StorageDialog)

public:
    /// `before`: the volume to change; null for a new one.
    StorageDialog(const UiContext &context, const NetworkStorage *before, QWidget *parent);

protected:
    QString heading() const override;
    QString verb() const override;
    QString busyVerb() const override;
    QList<DraftProblem> problems() const override;
    Call<ResourceOutcome> *submit() override;
    void retranslate() override;

private:
    StorageDraft draft() const;
    void fillRegions();

    std::optional<NetworkStorage> m_before;
    QLineEdit *m_name;
    QLabel *m_nameLabel;
    QComboBox *m_region;
    QLabel *m_regionLabel;
    QSpinBox *m_size;
    QLabel *m_sizeLabel;
    QLabel *m_note;
};

} // namespace novita
