// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QWidget>

class QLabel;

namespace novita {

class FactList;
struct FoundPicture;

/// What is known of a picture that was found and is not in the gallery: how it looks, what it says of how it was made,
/// and what of its file.
class FoundDetails final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FoundDetails)

public:
    explicit FoundDetails(const UiContext &context, QWidget *parent = nullptr);

    /// nullptr: of none.
    void present(const FoundPicture *found);
    /// Why nobody knows more of it, in a sentence; until present().
    void tell(const QString &why);
    void retranslate();

private:
    const UiContext m_context;
    QLabel *m_preview;
    QLabel *m_title;
    QLabel *m_prompt;
    FactList *m_facts;
};

} // namespace novita
