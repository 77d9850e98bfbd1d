// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/socketcontrol.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace novita {

#ifdef Q_OS_WIN

void makeCloseReset(qintptr descriptor)
{
    const LINGER option{1, 0};
    setsockopt(SOCKET(descriptor), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&option), sizeof option);
}

void shutdownSending(qintptr descriptor)
{
    shutdown(SOCKET(descriptor), SD_SEND);
}

#else

void makeCloseReset(qintptr descriptor)
{
    const linger option{1, 0};
    setsockopt(int(descriptor), SOL_SOCKET, SO_LINGER, &option, sizeof option);
}

void shutdownSending(qintptr descriptor)
{
    shutdown(int(descriptor), SHUT_WR);
}

#endif

} // namespace novita
