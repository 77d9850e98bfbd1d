// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace novita {

// What sockets can do and QAbstractSocket does not offer. `descriptor` is QAbstractSocket::socketDescriptor().

/// The next close of this socket sends a TCP reset instead of an orderly end.
void makeCloseReset(qintptr descriptor);
/// Ends the sending direction only: the peer reads end of stream, and we may go on reading.
void shutdownSending(qintptr descriptor);

} // namespace novita
