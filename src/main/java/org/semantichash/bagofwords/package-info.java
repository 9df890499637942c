/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
/**
 * Terms to sparse TF-IDF: a {@link org.semantichash.bagofwords.Vocabulary} gives every known term
 * an id, a {@link org.semantichash.bagofwords.BagOfWords} counts them, and a {@link
 * org.semantichash.bagofwords.TfIdfVectorizer} weighs the counts into a {@link
 * org.semantichash.bagofwords.SparseVector}. Options are named as scikit-learn names them.
 */
package org.semantichash.bagofwords;
