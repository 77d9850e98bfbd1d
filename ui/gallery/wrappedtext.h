// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QTextEdit>

#include <utility>

namespace novita {

class Theme;

/// Text to read, to select and to copy, as high as it has to be at its width: words that are too long for it are
/// broken. What it shows comes from outside and is taken as it stands.
class WrappedText final : public QTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WrappedText)

public:
    using Facts = QList<std::pair<QString, QString>>;

    struct Cell
    {
        QString text;                                       ///< empty is shown as the dash
        bool isQuiet = false;                               ///< a label, a heading
        QList<std::pair<qsizetype, qsizetype>> marked = {}; ///< from, length: what stands out in it
        bool operator==(const Cell &) const = default;
    };
    using Rows = QList<QList<Cell>>;

    explicit WrappedText(const Theme &theme, QWidget *parent = nullptr);

    void setWords(const QString &text);
    /// Label and value, side by side.
    void setFacts(const Facts &facts);
    /// `shares`: of the width, for each column, 100 in all. All rows have as many cells.
    void setTable(const Rows &rows, const QList<int> &shares);
    /// How wide it will be, before it is laid out: its height is that of its lines then, not of those of a narrow column.
    void expectWidth(int width);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void present();
    void presentTable();
    void fit();

    const Theme &m_theme;
    QString m_words;
    Rows m_rows;
    QList<int> m_shares;
};

} // namespace novita
