// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The field type {@code hash_code}: JSON values come in, one binary doc value of a fixed length per
 * document goes out, and comes back into {@code _source}, {@code fields} and {@code
 * docvalue_fields}. {@link org.semantichash.plugin.field.HashCodeFieldMapper} indexes, {@link
 * org.semantichash.plugin.field.HashCodeFieldType} answers questions about a field; begin with the
 * first. {@link org.semantichash.plugin.field.CodeMapping} reads mappings where there is no shard.
 */
package org.semantichash.plugin.field;
