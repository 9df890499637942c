// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Fields of type {@code hash_code} on real nodes. */
package org.semantichash.it.fields;
