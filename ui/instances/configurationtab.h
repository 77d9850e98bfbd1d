// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instance.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QFormLayout;

namespace novita {

/// Everything the cloud says about an instance but how to reach it, and its tags. Environment values are masked until asked for.
class ConfigurationTab final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConfigurationTab)

public:
    explicit ConfigurationTab(QWidget *parent = nullptr);
    /// `region`: its name, as the clusters tell it. `tags`: the person's own.
    void setInstance(const Instance &instance, const QString &region, const QStringList &tags);
    /// How long a copied environment value stays on the clipboard.
    void setClipboardSeconds(int seconds) { m_clipboardSeconds = seconds; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void present();
    void addRow(const QString &label, const QString &value);
    /// Long text to take elsewhere; a secret is masked.
    void addField(const QString &label, const QString &value, bool secret);
    void addPlace();
    void addMachine();
    void addSoftware();
    void addTimes();
    void addEnvironment();

    std::optional<Instance> m_instance;
    QString m_region;
    QStringList m_tags;
    QWidget *m_body = nullptr;
    QFormLayout *m_form = nullptr;
    int m_clipboardSeconds = 30;
};

} // namespace novita
