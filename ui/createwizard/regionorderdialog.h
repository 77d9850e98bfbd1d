// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace novita {

class Settings;
struct Stores;

/// The order in which regions are preferred, to be moved by buttons, keys (Alt+Up, Alt+Down) or the mouse. Regions that the cloud has
/// and the order does not name stand at its end. Saving writes the setting `create/regionOrder`; whoever ranks follows that.
/// Open it with open(); settings and stores must outlive it.
class RegionOrderDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RegionOrderDialog)

public:
    RegionOrderDialog(Settings &settings, const Stores &stores, QWidget *parent = nullptr);

    /// Codes, most wanted first, as they stand in the list now.
    QStringList order() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void fill(const QStringList &order);
    void move(int by);
    void updateButtons();
    void save();
    void retranslate();

    Settings &m_settings;
    const Stores &m_stores;
    QLabel *m_words;
    QListWidget *m_list;
    QPushButton *m_up;
    QPushButton *m_down;
    QPushButton *m_default;
    QLabel *m_problem;
    QPushButton *m_cancel;
    QPushButton *m_save;
};

} // namespace novita
