#pragma once

#include <lmdb.h>

namespace tusker {

/// Makes the data file as long as the last commit says that it is. LMDB 0.9 does not write pages that one transaction
/// both made and freed, so the file of a sound journal may end before its last page, as if it had been cut off. Fails
/// silently: the commit stands, and who opens a file that is too short looks at all of it (`admit_journal`).
void lengthen_data_file(MDB_env* env) noexcept;

} // namespace tusker
