// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.Optional;

/**
 * What a name stands for.
 *
 * @param alias the alias, if the name is one
 * @param model the model of the name or of the alias, if it is stored
 */
record Resolved(Optional<ModelAlias> alias, Optional<StoredModel> model) {}
