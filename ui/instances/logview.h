// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QTimer>

namespace novita {

class LogText;

/// Shows a LogText: appends what is new in slices, so that a flood of lines leaves the window free, and stays at the newest line
/// as long as it is followed. Holds no line that the text has dropped.
class LogView final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogView)

public:
    explicit LogView(QWidget *parent = nullptr);

    /// Another text (it must live until the next call), or null for none. Begins anew.
    void setText(const LogText *text);
    /// The text has changed. Nothing is appended while the view is hidden.
    void noteGrowth();
    /// All that there is has been appended.
    bool isUpToDate() const;

    void setFollowing(bool following);
    bool isFollowing() const { return m_following; }
    void setWrapping(bool wrap);
    /// Selects the next or previous place with `text`, whatever the case, going round at the end. False when there is none.
    bool findText(const QString &text, bool backward);

signals:
    /// The user scrolled away from the newest line, or back to it.
    void followingChanged(bool following);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void appendSlice();
    void toEnd();

    const LogText *m_text = nullptr;
    qint64 m_next = 0; ///< number of the first line that is not appended yet
    bool m_following = true;
    bool m_appending = false;
    QTimer m_slices;
};

} // namespace novita
