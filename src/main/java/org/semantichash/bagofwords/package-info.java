// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Terms in, a sparse TF-IDF vector out: a {@link org.semantichash.bagofwords.Vocabulary} gives
 * every known term an id, a {@link org.semantichash.bagofwords.BagOfWords} counts them, and a
 * {@link org.semantichash.bagofwords.TfIdfVectorizer} weighs the counts into a {@link
 * org.semantichash.bagofwords.SparseVector}. {@link org.semantichash.bagofwords.TermScanner} is the
 * short cut from characters to ids. {@link org.semantichash.bagofwords.HashedNgrams} are features
 * for models without a vocabulary. Options are named as scikit-learn names them.
 */
package org.semantichash.bagofwords;
