// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/gallery/imagejob.h"

namespace novita {

class SqlSession;

/// Writes all of `job` but its position, when its version is the one on disk; inside the transaction of `session`. Result: the version now.
/// ErrorKind::Conflict as ImageJobLog::save().
Result<qint64> saveImageJob(SqlSession &session, const ImageJob &job);

} // namespace novita
