-- SPDX-License-Identifier: Apache-2.0
-- The proposals that would change a record, or were made it: their revisions move when it goes and when it comes back.

CREATE INDEX proposals_target ON proposals (target_type, target_id);
