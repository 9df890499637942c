/** Fields of type {@code hash_code} on real nodes. */
package org.semantichash.it.fields;
