// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/selftest.h"

#include <QFrame>
#include <QList>

#include <optional>

class QGridLayout;
class QLabel;
class QPushButton;

namespace novita {

class Theme;

/// What a test delivery met on its way, step by step; stays until it is closed.
class TestReport final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TestReport)

public:
    explicit TestReport(const Theme &theme, QWidget *parent = nullptr);

    void showTest(const SelfTest &test);
    void retranslate();

private:
    void present();
    void addLine();

    const Theme &m_theme;
    QLabel *m_summary;
    QPushButton *m_close;
    QWidget *m_lines;
    QWidget *m_area = nullptr; ///< in which they scroll
    QGridLayout *m_grid;
    QList<QLabel *> m_labels; ///< three a line
    std::optional<SelfTest> m_test;
};

} // namespace novita
