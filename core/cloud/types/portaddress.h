// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instance.h"

#include <QUrl>

namespace novita {

/// Where an http port of an instance answers: https where its address names no scheme. Invalid for what is no address. The cloud's word: whoever
/// asks there checks it (see Reach).
QUrl webAddressOf(const PortMapping &port);

} // namespace novita
