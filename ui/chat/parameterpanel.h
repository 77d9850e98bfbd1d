// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/chatrequest.h"

#include <QList>
#include <QMap>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace novita {

class AnswerFormEdit;
class SystemPrompt;
class Theme;

/// How a model is to answer: the system prompt, and parameters within the ranges of the endpoint. "Default" leaves one to the server and is not sent.
class ParameterPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ParameterPanel)

public:
    static constexpr int kMostTokens = 1'000'000;

    explicit ParameterPanel(const Theme &theme, QWidget *parent = nullptr);

    /// Emit nothing.
    void setParameters(const ChatParameters &parameters);
    void setSystem(const QString &prompt);
    ChatParameters parameters() const;
    QString system() const;

    /// Sentences about what cannot be sent; empty when all can.
    QString problem() const;

signals:
    void parametersChanged();
    void systemChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Real
    {
        std::optional<double> ChatParameters::*member;
        QDoubleSpinBox *spin;
        QLabel *label;
    };
    void buildRows();
    void addReal(std::optional<double> ChatParameters::*member, double least, double most, double step);
    QLabel *addRow(QWidget *input, bool wide = false);
    void edited();
    void present();
    void retranslate();
    void retranslateFields();

    const Theme &m_theme;
    QGridLayout *m_grid;
    SystemPrompt *m_system;
    QSpinBox *m_maxTokens;
    QLabel *m_maxTokensLabel = nullptr;
    QList<Real> m_reals;
    QSpinBox *m_topK;
    QLabel *m_topKLabel = nullptr;
    QLineEdit *m_seed;
    QLabel *m_seedLabel = nullptr;
    QPlainTextEdit *m_stop;
    QLabel *m_stopLabel = nullptr;
    QPlainTextEdit *m_bias;
    QLabel *m_biasLabel = nullptr;
    QComboBox *m_thinking;
    QLabel *m_thinkingLabel = nullptr;
    QComboBox *m_separate;
    QLabel *m_separateLabel = nullptr;
    AnswerFormEdit *m_form;
    QLabel *m_problems;
    QPushButton *m_reset;
    QMap<int, int> m_biases; ///< the latest that could be read
};

} // namespace novita
