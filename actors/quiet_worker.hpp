#pragma once

#include <caf/logger.hpp>

// CAF's worker looks with each job which actor it is, by a `dynamic_cast`, for a log that nobody keeps (see
// `worker_policy`). Whoever makes workers of that policy includes this in place of CAF's own header, and no one else.

#undef CAF_PUSH_AID_FROM_PTR
#define CAF_PUSH_AID_FROM_PTR(actor) CAF_VOID_STMT

#include <caf/scheduler/coordinator.hpp>
