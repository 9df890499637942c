// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Terms to sparse TF-IDF: a {@link org.semantichash.bagofwords.Vocabulary} gives every known term
 * an id, a {@link org.semantichash.bagofwords.BagOfWords} counts them, and a {@link
 * org.semantichash.bagofwords.TfIdfVectorizer} weighs the counts into a {@link
 * org.semantichash.bagofwords.SparseVector}. Options are named as scikit-learn names them.
 */
package org.semantichash.bagofwords;
