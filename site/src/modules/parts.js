/** The page of parts: the photo works there too, up to what would be sent. */

import { find } from './dom.js';
import { photoField } from './photo-field.js';
import './session.js';

photoField(find(document, '#photo-part', HTMLElement), '', () => {});
