// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

namespace novita {

/// Widgets beside one another, at their own size, on as many lines as they need.
///
/// One of them may be flexible: it gives way down to its least width before anything goes to the next line, and takes what is left of its own, up to its
/// greatest width.
class WrapLayout final : public QLayout
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WrapLayout)

public:
    explicit WrapLayout(QWidget *parent = nullptr);
    ~WrapLayout() override;

    /// Of its widgets; nullptr for none.
    void setFlexible(const QWidget *widget);

    void addItem(QLayoutItem *item) override { m_items.append(item); }
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override { return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr; }
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// The height that the items take in the width of `rect`; puts them there if `move`.
    int arrange(const QRect &rect, bool move) const;

    QList<QLayoutItem *> m_items;
    const QWidget *m_flexible = nullptr;
};

} // namespace novita
